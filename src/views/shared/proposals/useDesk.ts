import { useCallback, useMemo } from 'react';

import { isLarge } from '../../../data/session/isLarge.ts';
import type { OpenFile } from '../../../data/session/state.ts';
import { useJoinedAnswers } from '../../../data/useAnswer.ts';
import type { Contradiction } from '../../../domain/contradictions/contradiction.ts';
import { groupBy } from '../../../lib/groupBy.ts';
import type { DeskExperiment, SampleSaving } from '../../../domain/answers/desk.ts';
import type { ExperimentSummary } from '../../../domain/experiment/normalised.ts';
import { contradictions } from '../../../queries/contradictions.ts';
import { deskQueue } from '../../../queries/deskQueue.ts';
import { experimentList } from '../../../queries/experimentList.ts';
import { sampleSavings } from '../../../queries/sampleSavings.ts';
import { deskRows, keyOf, type ContradictionsOf, type DeskRow } from './deskRow.ts';

export interface DeskAnswer {
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
export type DeskSubject =
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
