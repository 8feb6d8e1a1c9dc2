import { useEffect, useMemo, useRef, useState } from 'react';

import { makeExtract, type MadeExtract } from '../../../data/extract/makeExtract.ts';
import { useOpenFiles, useSession } from '../../../data/SessionContext.tsx';
import { useJoinedAnswers } from '../../../data/useAnswer.ts';
import { dialectWords } from '../../../domain/experiment/normalised.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { formatBytes, formatCount, listOf, plural } from '../../../lib/format.ts';
import { experimentList } from '../../../queries/experimentList.ts';
import type { ExtractParts, ExtractScope } from '../../../queries/extract/extractPlan.ts';
import { ExtractError } from '../../../queries/extract/planExtract.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Checkbox, Named } from '../../../ui/ToggleGroup.tsx';
import { fileName, saveFile } from '../../../ui/files.ts';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { ErrorNotice, RefusalAlert } from '../ErrorNotice.tsx';
import { experimentLabel } from '../experimentWords.ts';
import type { ChosenExperiment } from './ExtractButton.tsx';
import styles from './ExtractDialog.module.css';

interface ExtractDialogProps {
  /** Ticked at first; the only one where there is no choice. */
  readonly chosen: readonly ChosenExperiment[];
  readonly onClose: () => void;
}

type Made =
  | { readonly state: 'working'; readonly words: string; readonly fraction: number }
  | { readonly state: 'made'; readonly made: MadeExtract }
  | { readonly state: 'refused'; readonly refusal: Refusal }
  | { readonly state: 'failed'; readonly error: Error };

/** Chosen experiments of the open files as a database of their own: written, opened again, compared, and then saved. */
export function ExtractDialog({ chosen, onClose }: ExtractDialogProps) {
  const session = useSession();
  const files = useOpenFiles();
  const lists = useJoinedAnswers(files.map(({ fileId }) => experimentList.about({ fileId })));
  /** Undefined until the reader chooses. */
  const [own, setOwn] = useState<ReadonlySet<string>>();
  const [parts, setParts] = useState<ExtractParts>({ events: true, prompts: true, runs: true });
  const [made, setMade] = useState<Made>();
  const running = useRef<AbortController>(undefined);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => () => running.current?.abort(), []);

  const held = useMemo(() => {
    const seen = new Set<string>();
    return files.flatMap((file, at) =>
      (lists.data[at] ?? []).map(({ experimentId, name, iterationCount }) => {
        const isFirst = !seen.has(experimentId);
        seen.add(experimentId);
        return { file, experimentId, name, iterationCount, isFirst, key: `${file.fileId} ${experimentId}` };
      }),
    );
  }, [files, lists.data]);
  const isMeant = ({ file, experimentId, isFirst }: (typeof held)[number]): boolean =>
    chosen.some(
      (one) =>
        one.experimentId === experimentId &&
        (one.fileId === undefined ? isFirst : one.fileId === file.fileId),
    );
  const taken = held.filter((one) =>
    own === undefined ? held.length === 1 || isMeant(one) : own.has(one.key),
  );
  const ticked = new Set(taken.map(({ key }) => key));
  const scopes = files.flatMap((file): readonly ExtractScope[] => {
    const experimentIds = taken.flatMap((one) => (one.file === file ? [one.experimentId] : []));
    return experimentIds.length === 0 ? [] : [{ fileId: file.fileId, fileName: file.name, experimentIds }];
  });
  const [only] = taken;
  const name = fileName(
    [taken.length > 1 ? `${taken.length}-experiments` : only?.experimentId, 'extract'],
    'duckdb',
  );
  const isWorking = made?.state === 'working';
  const change = (next: () => void): void => {
    setMade(undefined);
    next();
  };
  const tick = (keys: readonly string[]): void => change(() => setOwn(new Set(keys)));
  /** An extract holds an experiment once: of two copies the one ticked last. */
  const toggle = ({ key, experimentId }: (typeof held)[number]): void => {
    const others = taken.filter((one) => one.key !== key && one.experimentId !== experimentId);
    tick([...others.map((one) => one.key), ...(ticked.has(key) ? [] : [key])]);
  };

  const download = async (): Promise<void> => {
    if (made?.state === 'made') {
      saveFile(made.made.file.name, 'application/octet-stream', made.made.file);
      return;
    }
    const controller = new AbortController();
    running.current = controller;
    const { signal } = controller;
    const step = (words: string, fraction: number): void => {
      if (!signal.aborted) setMade({ state: 'working', words, fraction });
    };
    try {
      const done = await makeExtract(session, scopes, parts, name, step, signal);
      setMade({ state: 'made', made: done });
      saveFile(done.file.name, 'application/octet-stream', done.file);
    } catch (error) {
      if (signal.aborted) setMade(undefined);
      else if (error instanceof ExtractError) setMade({ state: 'refused', refusal: error.refusal });
      else setMade({ state: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
    }
  };

  return (
    <Dialog
      title="Export database"
      open
      wide
      onClose={onClose}
      actions={
        <>
          <span className={styles.file}>{name}</span>
          <Button
            variant="primary"
            ref={button}
            isBusy={isWorking}
            disabled={taken.length === 0}
            onClick={() => void download()}
          >
            Download
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        <p className={styles.note}>
          A new database of the unified schema with {plural(taken.length, 'experiment')}, for anybody with
          Iterscope or DuckDB 1.0 or newer. It is written in this browser, opened again and held against its
          source before it is saved. What is open stays as it is.
        </p>
        {lists.error !== undefined && <ErrorNotice error={lists.error} doing="listing the experiments" />}
        <fieldset className={styles.experiments} disabled={isWorking}>
          <legend>Experiments</legend>
          {lists.isLoading && <ProgressBar doing="Reading experiments" />}
          <div className={styles.list}>
            {held.map((one) => (
              <label key={one.key}>
                <input type="checkbox" checked={ticked.has(one.key)} onChange={() => toggle(one)} />
                <span>{experimentLabel(one.name, one.experimentId)}</span>
                <small>
                  {plural(one.iterationCount, 'iteration')}, {one.file.name}
                  {one.isFirst ? '' : ', the same experiment once more: in place of the other'}
                </small>
              </label>
            ))}
          </div>
          {held.length > 1 && (
            <div className={styles.row}>
              <Button
                size="small"
                onClick={() => tick(held.flatMap(({ key, isFirst }) => (isFirst ? [key] : [])))}
              >
                All
              </Button>
              <Button size="small" onClick={() => tick([])}>
                None
              </Button>
            </div>
          )}
        </fieldset>
        <fieldset className={styles.parts} disabled={isWorking}>
          <legend>With</legend>
          <Checkbox
            words="Prompts: the system and user prompt of each exchange"
            isOn={parts.prompts}
            onToggle={() => change(() => setParts({ ...parts, prompts: !parts.prompts }))}
          />
          <Checkbox
            words="Runs: totals, scenario and policies of each simulation run"
            isOn={parts.runs}
            onToggle={() => change(() => setParts({ ...parts, runs: !parts.runs }))}
          />
          <Checkbox
            words="Inside of runs: events, payments, queues and states, most of the size"
            isOn={parts.runs && parts.events}
            onToggle={() =>
              change(() => setParts({ ...parts, runs: true, events: !(parts.runs && parts.events) }))
            }
          />
        </fieldset>
        <p className={styles.note}>{wordsOfSources(taken.map(({ file }) => file))}</p>
        {made?.state === 'working' && (
          <ProgressBar
            doing={made.words}
            fraction={made.fraction}
            onCancel={() => {
              running.current?.abort();
              // Cancel goes away under it.
              button.current?.focus();
            }}
          />
        )}
        {made?.state === 'made' && <Report made={made.made} />}
        {made?.state === 'refused' && <RefusalAlert refusal={made.refusal} />}
        {made?.state === 'failed' && <ErrorNotice error={made.error} doing="writing the database" />}
      </div>
    </Dialog>
  );
}

/** Which of the sources are of another layout, as that limits what the new database can hold. */
function wordsOfSources(
  files: readonly { readonly name: string; readonly dialects: readonly (keyof typeof dialectWords)[] }[],
) {
  const others = [...new Set(files)].filter(({ dialects }) => !dialects.includes('A1'));
  if (files.length === 0) return 'No experiment is chosen.';
  if (others.length === 0) return 'Every row is copied as it is stored.';
  const named = others.map(
    ({ name, dialects }) => `${name} (${dialects.map((dialect) => dialectWords[dialect]).join(', ')})`,
  );
  return `Rows of ${listOf(named)} come along as far as that layout stores them; what it does not record stays unknown.`;
}

function Report({ made: { file, report, verified } }: { readonly made: MadeExtract }) {
  return (
    <div className={styles.report}>
      <p role="status">
        Saved {file.name}, {formatBytes(file.size)}. Opened again and equal to the source: {listOf(verified)}.
      </p>
      <dl>
        {[...report.rows].map(([table, rows]) => (
          <div key={table}>
            <dt>{table}</dt>
            <dd>{formatCount(rows)}</dd>
          </div>
        ))}
      </dl>
      <Named words="Not in it">
        <ul>
          {report.notes.length === 0 && <li>Nothing of these experiments was left out.</li>}
          {report.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      </Named>
    </div>
  );
}
