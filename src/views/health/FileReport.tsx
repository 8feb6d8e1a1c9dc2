import { useQueryClient } from '@tanstack/react-query';
import ChevronRight from 'lucide-react/icons/chevron-right';
import { useEffect, useState, type ReactNode, useCallback, useRef } from 'react';
import { flushSync } from 'react-dom';

import { useSession } from '../../data/SessionContext.tsx';
import { optionsOf } from '../../data/asking.ts';
import type { OpenFile } from '../../data/session/state.ts';
import { fileWords } from '../../domain/health/export.ts';
import type { HealthCheck, HealthReport, HealthSection } from '../../domain/health/report.ts';
import { formatCount, plural } from '../../lib/format.ts';
import type { Question } from '../../queries/query.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { FactList } from '../../ui/FactList.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { cx } from '../../ui/cx.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { outcomeStatus } from '../shared/Marks.tsx';
import styles from './FileReport.module.css';
import { OffendingGrid } from './OffendingGrid.tsx';

interface FileReportProps {
  readonly file: OpenFile;
  readonly report: HealthReport;
  /** The checks of the runs, which are made on request. */
  readonly runs: InTurn<unknown>;
  /** Runs of our lab simulated again, on request too. */
  readonly again: InTurn<unknown>;
}

/** The report of one file: its checks, what a paper may say, and what is recorded. */
export function FileReport({ file, report, runs, again }: FileReportProps) {
  const { outcome, words, sections, sentence, recorded } = report;
  const folds = useFolds();
  return (
    <section className={cx(styles.report, styles[outcome])} aria-label={file.name}>
      <header className={styles.head}>
        <StatusMark status={outcomeStatus(outcome, words)} />
        <h2>{file.name}</h2>
        <span className={styles.facts}>{fileWords(report).join(' · ')}</span>
      </header>
      <div className={styles.parts}>
        <div>
          <table className={styles.checks} aria-label="Checks">
            <thead>
              <tr>
                <th scope="col">Check</th>
                <th scope="col">Outcome</th>
                <th scope="col">Compared</th>
                <th scope="col" className={styles.end}>
                  Tested
                </th>
              </tr>
            </thead>
            {sections.map((section) => (
              <tbody key={section.code}>
                <SectionRows file={file} section={section} folds={folds} />
                {section.code === 'runs' && (
                  <RequestRow
                    work={runs}
                    doing="Checking runs"
                    request={(left) => `Check ${plural(left, 'run')}`}
                    goOn={(left) => `Check the other ${plural(left, 'run')}`}
                  />
                )}
                {section.code === 'invariants' && (
                  <RequestRow
                    work={again}
                    doing="Simulating runs again"
                    request={(left) => `Simulate ${plural(left, 'run')} again`}
                    goOn={(left) => `Simulate the other ${plural(left, 'run')} again`}
                  />
                )}
              </tbody>
            ))}
          </table>
        </div>
        <aside className={styles.aside} aria-label={`For the paper: ${file.name}`}>
          <div className={styles.paper}>
            <h3>For the paper</h3>
            <CopyButton text={sentence} what="the sentences for the paper" />
          </div>
          <p className={styles.sentence}>{sentence}</p>
          <h3>Recorded</h3>
          <FactList
            facts={[
              { label: 'yes', value: listed(recorded.yes) },
              { label: 'no', value: listed(recorded.no) },
              { label: 'reduced', value: listed(recorded.reduced) },
            ]}
          />
        </aside>
      </div>
    </section>
  );
}

const listed = (words: readonly string[]): string => (words.length === 0 ? 'nothing' : words.join(', '));

interface Folds {
  readonly isOpen: (code: string, byDefault: boolean) => boolean;
  readonly toggle: (code: string) => void;
}

/** What the reader opened or folded; on paper everything stands open. */
function useFolds(): Folds {
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const [isPrinted, setPrinted] = useState(false);
  useEffect(() => {
    const before = () => flushSync(() => setPrinted(true));
    const after = () => setPrinted(false);
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  return {
    isOpen: (code, byDefault) => isPrinted || turned.has(code) !== byDefault,
    toggle: (code) =>
      setTurned((before) => {
        const next = new Set(before);
        if (!next.delete(code)) next.add(code);
        return next;
      }),
  };
}

const isOffending = ({ outcome }: Pick<HealthCheck, 'outcome'>): boolean =>
  outcome === 'contradiction' || outcome === 'unreadable';

function SectionRows({ file, section, folds }: { file: OpenFile; section: HealthSection; folds: Folds }) {
  const isOpen = folds.isOpen(section.code, isOffending(section));
  const offending = section.checks.filter(isOffending);
  const others = section.checks.filter((check) => !isOffending(check));
  const rest = `${section.code}-others`;
  const othersOpen = offending.length === 0 || folds.isOpen(rest, false);
  const checkRows = (checks: readonly HealthCheck[], depth: 1 | 2) =>
    checks.map((check) => (
      <CheckRows key={check.code} file={file} check={check} depth={depth} folds={folds} />
    ));
  return (
    <>
      <Line
        check={section}
        depth={0}
        isOpen={section.checks.length === 0 ? undefined : isOpen}
        onToggle={() => folds.toggle(section.code)}
      />
      {isOpen && checkRows(offending, 1)}
      {isOpen && offending.length > 0 && others.length > 0 && (
        <tr>
          <th scope="row" className={styles.depth1} colSpan={4}>
            <Fold isOpen={othersOpen} onToggle={() => folds.toggle(rest)}>
              {plural(others.length, 'other check')}
            </Fold>
          </th>
        </tr>
      )}
      {isOpen && othersOpen && checkRows(others, offending.length > 0 ? 2 : 1)}
    </>
  );
}

interface CheckRowsProps {
  readonly file: OpenFile;
  readonly check: HealthCheck;
  readonly depth: 1 | 2;
  readonly folds: Folds;
}

function CheckRows({ file, check, depth, folds }: CheckRowsProps) {
  const { rows, code, outcome } = check;
  const isOpen = folds.isOpen(code, outcome !== 'ok' && rows.length <= openAtOnce);
  return (
    <>
      <Line
        check={check}
        depth={depth}
        isOpen={rows.length === 0 ? undefined : isOpen}
        onToggle={() => folds.toggle(code)}
      />
      {isOpen && rows.length > 0 && (
        <tr className={styles.rows}>
          <td colSpan={4}>
            <div className={styles.offending}>
              <OffendingGrid file={file} check={check} />
            </div>
          </td>
        </tr>
      )}
    </>
  );
}

/** More rows than these are folded until the reader opens them. */
const openAtOnce = 5;

interface LineProps {
  readonly check: Pick<HealthCheck, 'code' | 'title' | 'outcome' | 'words' | 'detail' | 'tested' | 'count'>;
  readonly depth: 0 | 1 | 2;
  /** Undefined: there is nothing behind it. */
  readonly isOpen: boolean | undefined;
  readonly onToggle: () => void;
}

/** One check; the attributes are the contract's (docs/url-format.md). */
function Line({ check, depth, isOpen, onToggle }: LineProps) {
  const { code, title, outcome, words, detail, tested, count: offending } = check;
  return (
    <tr data-check={code} data-outcome={outcome} data-count={offending}>
      <th scope="row" className={styles[`depth${depth}`]}>
        {isOpen === undefined ? (
          <span className={styles.flat}>{title}</span>
        ) : (
          <Fold isOpen={isOpen} onToggle={onToggle}>
            {title}
          </Fold>
        )}
      </th>
      <td className={styles.outcome}>
        <StatusMark status={outcomeStatus(outcome, words)} />
      </td>
      <td className={styles.detail}>{detail}</td>
      <td className={styles.end}>{tested}</td>
    </tr>
  );
}

function Fold({
  isOpen,
  onToggle,
  children,
}: {
  isOpen: boolean;
  onToggle: () => void;
  children: ReactNode;
}) {
  return (
    <button type="button" className={styles.fold} aria-expanded={isOpen} onClick={onToggle}>
      <ChevronRight size={14} aria-hidden className={styles.arrow} />
      {children}
    </button>
  );
}

interface RequestRowProps {
  readonly work: InTurn<unknown>;
  /** `Checking runs`. */
  readonly doing: string;
  readonly request: (runs: number) => string;
  /** Once a part is done. */
  readonly goOn: (runs: number) => string;
}

/** Checks that take long: asked for, stopped and gone on with. */
function RequestRow({ work, doing, request, goOn }: RequestRowProps) {
  const { answers, isAsking, error, start, cancel } = work;
  const done = answers.filter((answer) => answer !== undefined).length;
  const left = answers.length - done;
  if (left === 0) return null;
  return (
    <tr>
      <td colSpan={4} className={styles.request}>
        {error !== undefined && <ErrorNotice error={error} doing={doing.toLowerCase()} />}
        {isAsking ? (
          <ProgressBar
            doing={`${doing}, ${formatCount(done)} of ${formatCount(answers.length)}`}
            fraction={done / answers.length}
            onCancel={cancel}
          />
        ) : (
          <Button onClick={start}>{done === 0 ? request(left) : goOn(left)}</Button>
        )}
      </td>
    </tr>
  );
}

/** Many questions that are asked one after the other, on request. */
export interface InTurn<T> {
  /** Undefined where one is not answered yet; in the order of the questions. */
  readonly answers: readonly (T | undefined)[];
  readonly isAsking: boolean;
  readonly error: Error | undefined;
  /** Asks those that are not answered yet. */
  readonly start: () => void;
  /** What was answered stays, so that the next start goes on from there. */
  readonly cancel: () => void;
}

/** Often enough for a bar that moves. */
const updateMs = 200;

/**
 * Asks in turn, as each may need much room in the engine. Answers that are kept from before are there at once; leaving
 * the page stops the asking. The questions must stay the same while the component is on screen.
 */
export function useInTurn<T>(questions: readonly Question<T>[]): InTurn<T> {
  const session = useSession();
  const client = useQueryClient();
  const [answers, setAnswers] = useState<readonly (T | undefined)[]>(() =>
    questions.map((question) => client.getQueryData<T>(question.key)),
  );
  const [isAsking, setAsking] = useState(false);
  const [error, setError] = useState<Error>();
  const controller = useRef<AbortController>(undefined);
  const cancel = useCallback(() => controller.current?.abort(), []);
  useEffect(() => cancel, [cancel]);

  const start = useCallback(async () => {
    controller.current?.abort();
    const own = new AbortController();
    controller.current = own;
    setAsking(true);
    setError(undefined);
    const endWork = session.beginWork();
    const found = questions.map((question) => client.getQueryData<T>(question.key));
    let shownAt = 0;
    try {
      for (const [i, question] of questions.entries()) {
        if (own.signal.aborted) return;
        if (found[i] !== undefined) continue;
        const stop = () => void client.cancelQueries({ queryKey: question.key, exact: true });
        own.signal.addEventListener('abort', stop, { once: true });
        found[i] = await client.query(optionsOf(session, question));
        own.signal.removeEventListener('abort', stop);
        if (performance.now() < shownAt + updateMs) continue;
        shownAt = performance.now();
        setAnswers([...found]);
      }
    } catch (cause) {
      if (!own.signal.aborted) setError(cause instanceof Error ? cause : new Error(String(cause)));
    } finally {
      endWork();
      // One that was begun anew shows its own.
      if (controller.current === own) {
        setAnswers([...found]);
        setAsking(false);
      }
    }
  }, [questions, session, client]);

  return { answers, isAsking, error, start: () => void start(), cancel };
}
