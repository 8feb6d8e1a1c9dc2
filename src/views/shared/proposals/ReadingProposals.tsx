import { type ReactNode, useCallback, useMemo } from 'react';

import { type OpenFile, isLarge } from '../../../data/session/state.ts';
import { useJoinedAnswers } from '../../../data/useAnswer.ts';
import { checkRules } from '../../../domain/acceptance/check.ts';
import { conclude } from '../../../domain/acceptance/conclude.ts';
import type { DeskExperiment, SampleSaving } from '../../../domain/answers/desk.ts';
import { type Contradiction, doesNotFollow } from '../../../domain/contradictions/contradiction.ts';
import type { LastDayOnly } from '../../../domain/days.ts';
import type { ExperimentSummary } from '../../../domain/experiment/normalised.ts';
import { formatBytes } from '../../../lib/format.ts';
import { groupBy } from '../../../lib/groupBy.ts';
import { contradictions } from '../../../queries/fileFindings.ts';
import { deskQueue } from '../../../queries/deskQueue.ts';
import { experimentList } from '../../../queries/experimentList.ts';
import { proposedBefore } from '../../../queries/policyHistory.ts';
import { proposerModels, type ProposerTurn } from '../../../queries/exchangeUse.ts';
import { sampleSavings } from '../../../queries/sampleSavings.ts';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../ErrorNotice.tsx';
import { dayCostsOf } from '../LastDay.tsx';
import { deskRows, keyOf, type ContradictionsOf, type DeskRow } from './deskRow.ts';

interface ReadingProposalsProps {
  readonly error: Error | undefined;
  readonly pending: boolean;
  /** Large files, read by a button alone. */
  readonly unread: readonly OpenFile[];
  readonly onReadLarge: () => void;
  /** What is drawn of the proposals once they are read. */
  readonly children: ReactNode;
}

/** How far the proposals of all open files are read, and what was not read; then the proposals. */
export function ReadingProposals({ error, pending, unread, onReadLarge, children }: ReadingProposalsProps) {
  return (
    <>
      {error !== undefined && <ErrorNotice error={error} doing="reading the proposals" />}
      {unread.length > 0 && (
        <Notice
          actions={
            <Button size="small" onClick={onReadLarge}>
              Read their proposals
            </Button>
          }
        >
          Not read yet, as that takes every exchange: {unread.map(sizedName).join(', ')}.
        </Notice>
      )}
      {pending ? <ProgressBar doing="Reading proposals" /> : children}
    </>
  );
}

function sizedName({ name, sizeBytes }: OpenFile): string {
  return sizeBytes === undefined ? name : `${name} (${formatBytes(sizeBytes)})`;
}

interface DeskAnswer {
  readonly rows: readonly DeskRow[];
  readonly pending: boolean;
  readonly error: Error | undefined;
  /** What its samples say of a proposal; undefined until they are counted, and where none are stored. */
  readonly spreadOf: SpreadOf;
  readonly contradictionsOf: ContradictionsOf;
  /** Whether contradictions of the file were looked for: not while that is under way, nor in large files. */
  readonly isCompared: (file: OpenFile) => boolean;
  /** Large files that were not read yet: it takes every exchange. */
  readonly unread: readonly OpenFile[];
}

const noContradictions: readonly Contradiction[] = [];

export type SpreadOf = (row: DeskRow) => SampleSaving | undefined;

/** One experiment, or everything that is open. */
type DeskSubject =
  | { readonly kind: 'experiment'; readonly file: OpenFile; readonly summary: ExperimentSummary }
  | { readonly kind: 'files'; readonly files: readonly OpenFile[]; readonly readLarge: boolean };

/** Every proposal of the subject, in the order of the desk. */
export function useDesk(subject: DeskSubject): DeskAnswer {
  const files = useFiles(subject);
  const experimentId = subject.kind === 'experiment' ? subject.summary.experimentId : undefined;
  const asked = (file: OpenFile) => subject.kind === 'experiment' || subject.readLarge || !isLarge(file);
  const queues = useJoinedAnswers(
    files.map((file) => ({
      ...deskQueue.about({ fileId: file.fileId, experimentId }),
      enabled: asked(file),
    })),
  );
  const savings = useJoinedAnswers(
    files.map((file, i) => ({
      ...sampleSavings.about({ fileId: file.fileId, experimentId }),
      // Every sample of the file is read for it.
      enabled: !isLarge(file) && hasSamples(queues.data[i]),
    })),
  );
  const found = useJoinedAnswers(
    files.map((file) => ({
      ...contradictions.about({ fileId: file.fileId, experimentId }),
      enabled: !isLarge(file),
    })),
  );
  const lists = useJoinedAnswers(files.map(({ fileId }) => experimentList.about({ fileId })));
  const rows = useMemo(
    () =>
      deskRows(
        files.map((file, i) => ({
          file,
          experiments: queues.data[i] ?? [],
          names: new Map(lists.data[i]?.map((summary) => [summary.experimentId, summary.name])),
        })),
      ),
    [files, queues.data, lists.data],
  );
  const spreads = useMemo(
    () =>
      new Map(
        files.flatMap((file, i) =>
          (savings.data[i] ?? []).map((spread) => [
            keyOf(file, spread.experimentId, spread.iteration, spread.agentId),
            spread,
          ]),
        ),
      ),
    [files, savings.data],
  );
  const spreadOf = useCallback((row: DeskRow) => spreads.get(row.key), [spreads]);
  const contradicted = useMemo(
    () =>
      groupBy(
        files.flatMap((file, i) =>
          (found.data[i] ?? []).flatMap(({ experimentId: id, found: ofExperiment }) =>
            ofExperiment.flatMap((one) => {
              const { iteration, agentId } = one.subject;
              if (iteration === undefined || agentId === undefined) return [];
              return [{ key: keyOf(file, id, iteration, agentId), one }];
            }),
          ),
        ),
        ({ key }) => key,
      ),
    [files, found.data],
  );
  const contradictionsOf = useCallback(
    (row: DeskRow) => contradicted.get(row.key)?.map(({ one }) => one) ?? noContradictions,
    [contradicted],
  );
  const isCompared = useCallback(
    (file: OpenFile) => found.data[files.indexOf(file)] !== undefined,
    [files, found.data],
  );
  const unread = files.filter((file, i) => !asked(file) && queues.data[i] === undefined);
  const { isLoading: pending, error } = queues;
  return { rows, spreadOf, contradictionsOf, isCompared, pending, error, unread };
}

function hasSamples(experiments: readonly DeskExperiment[] | undefined): boolean {
  return (
    experiments?.some(({ entries }) => entries.some(({ proposal }) => (proposal.sampleCount ?? 0) > 1)) ??
    false
  );
}

function useFiles(subject: DeskSubject): readonly OpenFile[] {
  const one = subject.kind === 'experiment' ? subject.file : undefined;
  const many = subject.kind === 'files' ? subject.files : undefined;
  return useMemo(() => many ?? (one === undefined ? [] : [one]), [many, one]);
}

/** What is known of a proposal beside its own row. */
export interface ProposalFacts {
  readonly spreadOf: SpreadOf;
  /** The exchange that brought it. */
  readonly turnOf: (row: DeskRow) => ProposerTurn | undefined;
  /** Earlier proposals of the same policy by the same agent. */
  readonly beforeOf: (row: DeskRow) => number | undefined;
  /** Whether the verdict follows from the stored numbers; undefined where that cannot be told. */
  readonly followsOf: (row: DeskRow) => 'yes' | 'no' | undefined;
  /** What the file contradicts itself about; undefined where that was not looked for. */
  readonly contradictionsOf: (row: DeskRow) => readonly Contradiction[] | undefined;
  /** Where its costs are those of the last day of longer runs. */
  readonly lastDayOf: (row: DeskRow) => LastDayOnly | undefined;
  /** What is still being read, in words. */
  readonly reading: readonly string[];
}

/** Every proposal of the files, by file, experiment, iteration and agent, and what is known of each. */
export function useProposalFacts(files: readonly OpenFile[], readLarge: boolean) {
  const desk = useDesk({ kind: 'files', files, readLarge });
  const asked = (file: OpenFile) => readLarge || !isLarge(file);
  const turns = useJoinedAnswers(
    files.map((file) => ({ ...proposerModels.about({ fileId: file.fileId }), enabled: asked(file) })),
  );
  const repeats = useJoinedAnswers(
    files.map((file) => ({
      ...proposedBefore.about({ fileId: file.fileId }),
      // After the verdicts, which it finds derived then.
      enabled: asked(file) && !desk.pending,
    })),
  );
  const days = useJoinedAnswers(files.map(dayCostsOf));
  const daysByFile = useMemo(
    () => new Map(files.map((file, i) => [file.fileId, days.data[i]?.experiments])),
    [files, days.data],
  );
  const rows = useMemo(() => desk.rows.toSorted((a, b) => a.order - b.order), [desk.rows]);
  const turnsByKey = useMemo(() => byKey(files, turns.data), [files, turns.data]);
  const repeatsByKey = useMemo(() => byKey(files, repeats.data), [files, repeats.data]);
  const { spreadOf, contradictionsOf, isCompared } = desk;
  const reading = useMemo(
    () => [
      ...(turns.isLoading ? ['models, words and seconds'] : []),
      ...(repeats.isLoading ? ['what was proposed before'] : []),
    ],
    [turns.isLoading, repeats.isLoading],
  );
  const facts = useMemo((): ProposalFacts => {
    const concluded = new WeakMap<DeskRow, ReturnType<ProposalFacts['followsOf']>>();
    const judge = (row: DeskRow) => {
      if (contradictionsOf(row).some(doesNotFollow)) return 'no';
      const { proposal, rules } = row;
      const { kind } = conclude(proposal, rules, checkRules(proposal, rules, spreadOf(row)));
      return kind === 'follows' ? 'yes' : kind === 'contradicts' ? 'no' : undefined;
    };
    return {
      spreadOf,
      turnOf: (row) => turnsByKey.get(row.key),
      beforeOf: (row) => repeatsByKey.get(row.key)?.times,
      followsOf: (row) => {
        if (!concluded.has(row)) concluded.set(row, judge(row));
        return concluded.get(row);
      },
      contradictionsOf: (row) => (isCompared(row.file) ? contradictionsOf(row) : undefined),
      lastDayOf: (row) => {
        const ofExperiment = daysByFile.get(row.file.fileId)?.get(row.experimentId);
        const { iteration, agentId } = row.proposal;
        const only = ofExperiment?.iterations.get(iteration)?.agents.get(agentId);
        // What the other days cost is known of the iteration's own run, not of the comparison.
        return only === undefined ? undefined : { dayCount: only.dayCount, allDaysCents: undefined };
      },
      reading,
    };
  }, [spreadOf, contradictionsOf, isCompared, daysByFile, turnsByKey, repeatsByKey, reading]);
  const { pending, unread } = desk;
  return { rows, facts, pending, unread, error: desk.error ?? turns.error ?? repeats.error };
}

type Concerning = Pick<ProposerTurn, 'experimentId' | 'iteration' | 'agentId'>;

function byKey<T extends Concerning>(
  files: readonly OpenFile[],
  answers: readonly (readonly T[] | undefined)[],
): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  files.forEach((file, i) => {
    for (const one of answers[i] ?? [])
      found.set(keyOf(file, one.experimentId, one.iteration, one.agentId), one);
  });
  return found;
}
