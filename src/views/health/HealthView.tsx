import Download from 'lucide-react/icons/download';
import Printer from 'lucide-react/icons/printer';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import { useOpenFiles } from '../../data/SessionContext.tsx';
import { isLarge, type OpenFile } from '../../data/session/state.ts';
import { useAnswer } from '../../data/useAnswer.ts';
import { useInTurn, type InTurn, FileReport } from './FileReport.tsx';
import { healthJson, healthMarkdown } from '../../domain/health/export.ts';
import type { HealthFacts, HealthFile } from '../../domain/health/facts.ts';
import { buildHealthReport, type HealthReport, type HealthOutcome } from '../../domain/health/report.ts';
import { appVersion } from '../../lib/appVersion.ts';
import { plural } from '../../lib/format.ts';
import { fileHealth } from '../../queries/fileHealth.ts';
import { runChecks } from '../../queries/run/atOnce/checkBatch.ts';
import { resimulatedRun } from '../../resimulate/checkRun.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { saveFile } from '../../ui/files.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { PageBody, PageHead } from '../shared/Page.tsx';
import styles from './HealthView.module.css';
/** The worst first; all others stay in their order, so that none moves while its runs are checked. */
const worst: readonly (HealthOutcome | undefined)[] = ['contradiction', 'unreadable', 'unknown'];

function rankOf(outcome: HealthOutcome | undefined): number {
  const place = worst.indexOf(outcome);
  return place < 0 ? worst.length : place;
}

/** How far each open file can be trusted. */
export function HealthView() {
  const files = useOpenFiles();
  const [reports, setReports] = useState<ReadonlyMap<string, HealthReport>>(new Map());
  const report = useCallback(
    (fileId: string, made: HealthReport) => setReports((before) => new Map(before).set(fileId, made)),
    [],
  );
  const rank = (file: OpenFile) => rankOf(reports.get(file.fileId)?.outcome);
  const sorted = [...files].sort((a, b) => rank(a) - rank(b));
  const made = sorted.flatMap((file) => reports.get(file.fileId) ?? []);
  const isHeld = useHeld(files.every((file) => reports.has(file.fileId) || isLarge(file)));
  const wrong = made.filter(({ outcome }) => outcome === 'contradiction').length;
  const seconds = useSecondsUntil(made.length === files.length);
  return (
    <>
      <PageHead
        title="Health"
        actions={
          <>
            {/* Before the other, which then stays where it is. */}
            {made.length > 0 && <ExportReport reports={made} />}
            <Button icon={<Printer size={14} aria-hidden />} onClick={() => window.print()}>
              Print
            </Button>
          </>
        }
      >
        <span>
          <b>{made.length}</b> of {plural(files.length, 'file')} checked
          {seconds !== undefined && ` in ${seconds} s`}
        </span>
        {wrong > 0 && <span className={styles.wrong}>{wrong} with contradictions</span>}
        <span>
          Iterscope {appVersion}, {today()}
        </span>
      </PageHead>
      <PageBody>
        {isHeld && (
          <Card title="Files" padded>
            <ProgressBar doing={`Checking ${plural(files.length, 'file')}`} />
          </Card>
        )}
        {sorted.map((file) => (
          <FileHealth key={file.fileId} file={file} isHeld={isHeld} onReport={report} />
        ))}
      </PageBody>
    </>
  );
}

/** From when the page was opened to when `isDone` first holds; undefined until then, and where it took no time. */
function useSecondsUntil(isDone: boolean): string | undefined {
  const [startedAt] = useState(() => performance.now());
  const [seconds, setSeconds] = useState<string>();
  useEffect(() => {
    if (isDone) setSeconds((before) => before ?? ((performance.now() - startedAt) / 1000).toFixed(1));
  }, [isDone, startedAt]);
  return seconds === '0.0' ? undefined : seconds;
}

/** Milliseconds that reports wait for each other. */
const longestHold = 10_000;

/** Reports come at once and in their order, so that none moves another; one that takes long does not hold up the rest. */
function useHeld(isDone: boolean): boolean {
  const [isOver, setOver] = useState(false);
  if (isDone && !isOver) setOver(true);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), longestHold);
    return () => clearTimeout(timer);
  }, []);
  return !isDone && !isOver;
}

/** The reader's own date, as it stands on paper. */
const today = () =>
  new Date().toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

interface FileHealthProps {
  readonly file: OpenFile;
  /** It waits for the reports of the other files. */
  readonly isHeld: boolean;
  readonly onReport: (fileId: string, report: HealthReport) => void;
}

/** The report of one file; of a large one only when it is asked for, as it reads every exchange and sample. */
function FileHealth({ file, isHeld, onReport }: FileHealthProps) {
  const [isWanted, setWanted] = useState(false);
  const enabled = isWanted || !isLarge(file);
  const { data, error } = useAnswer({
    ...fileHealth.about({ fileId: file.fileId, isUnified: file.dialects.includes('A1') }),
    enabled,
  });
  if (error !== null) return <ErrorNotice error={error} doing={`checking ${file.name}`} />;
  if (data !== undefined) return <Found file={file} isHeld={isHeld} facts={data} onReport={onReport} />;
  if (isHeld) return null;
  return (
    <Card title={file.name} padded={!enabled}>
      {enabled ? (
        <ProgressBar doing={`Checking ${file.name}`} />
      ) : (
        <p className={styles.large}>
          The file is large: checking it reads every exchange, sample and event.{' '}
          <Button onClick={() => setWanted(true)}>Check {file.name}</Button>
        </p>
      )}
    </Card>
  );
}

function Found({ file, isHeld, facts, onReport }: FileHealthProps & { readonly facts: HealthFacts }) {
  const questions = useMemo(
    () => facts.runs.map((simulationId) => runChecks.about({ fileId: file.fileId, simulationId })),
    [facts.runs, file.fileId],
  );
  const simulations = useMemo(
    () => facts.labRuns.map((simulationId) => resimulatedRun.about({ fileId: file.fileId, simulationId })),
    [facts.labRuns, file.fileId],
  );
  const inTurn = useInTurn(questions);
  const again = useInTurn(simulations);
  const { answers } = inTurn;
  useStartOnce(inTurn, !isLarge(file) && facts.runs.length <= mostAtOnce);
  const report = useMemo(() => {
    const runs = facts.runs.flatMap((simulationId, i) => {
      const checks = answers[i];
      return checks === undefined ? [] : [{ simulationId, checks: checks ?? undefined }];
    });
    return buildHealthReport(
      fileFacts(file),
      facts,
      runs,
      again.answers.filter((answer) => answer !== undefined),
    );
  }, [file, facts, answers, again.answers]);
  // The page sorts, counts and exports.
  useEffect(() => onReport(file.fileId, report), [file.fileId, report, onReport]);
  return isHeld ? null : <FileReport file={file} report={report} runs={inTurn} again={again} />;
}

/** So many runs are checked without being asked for: a second where their events decide alone, ten where offsets do. */
const mostAtOnce = 50;

/** Begins by itself; what the reader stops stays so. */
function useStartOnce({ start, answers }: InTurn<unknown>, isWanted: boolean): void {
  const isStarted = useRef(false);
  // Leaving the page ends the asking; coming back begins it again.
  useEffect(
    () => () => {
      isStarted.current = false;
    },
    [],
  );
  useEffect(() => {
    if (isStarted.current || !isWanted || answers.length === 0) return;
    isStarted.current = true;
    start();
  }, [start, answers, isWanted]);
}

function fileFacts(file: OpenFile): HealthFile {
  const { name, sizeBytes, dialects, writerVersion, storageVersion, withWal: withLog } = file;
  const prints = { fingerprint: file.prints.content, headFingerprint: file.prints.head };
  return { name, sizeBytes, dialects, writerVersion, storageVersion, withLog, ...prints };
}

const formats = {
  JSON: { ending: 'json', type: 'application/json', make: healthJson },
  Markdown: { ending: 'md', type: 'text/markdown;charset=utf-8', make: healthMarkdown },
} as const;
type Format = keyof typeof formats;
const names = Object.keys(formats) as readonly Format[];

/** Saves the reports that are on screen, each with its file's fingerprint, the release and the time. */
function ExportReport({ reports }: { readonly reports: readonly HealthReport[] }) {
  const [isOpen, setOpen] = useState(false);
  const [format, setFormat] = useState<Format>('JSON');
  const [first] = reports;
  const save = () => {
    const { ending, type, make } = formats[format];
    const name = reports.length === 1 && first !== undefined ? `${first.file.name}-health` : 'health';
    saveFile(`${name}.${ending}`, type, make(reports, { appVersion, at: new Date().toISOString() }));
    setOpen(false);
  };
  return (
    <>
      <Button icon={<Download size={14} aria-hidden />} onClick={() => setOpen(true)}>
        Export report
      </Button>
      <Dialog
        title="Export"
        open={isOpen}
        onClose={() => setOpen(false)}
        actions={
          <Button variant="primary" onClick={save}>
            Download
          </Button>
        }
      >
        <div role="radiogroup" aria-label="Format" className={styles.formats}>
          {names.map((name) => (
            <label key={name}>
              <input
                type="radio"
                name="health-format"
                checked={format === name}
                onChange={() => setFormat(name)}
              />
              {name}
            </label>
          ))}
        </div>
      </Dialog>
    </>
  );
}
