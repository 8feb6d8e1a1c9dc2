import { useMemo } from 'react';

import { isLarge } from '../../../data/session/isLarge.ts';
import type { OpenFile } from '../../../data/session/state.ts';
import { useJoinedAnswers } from '../../../data/useAnswer.ts';
import { checkRules } from '../../../domain/acceptance/check.ts';
import { conclude } from '../../../domain/acceptance/conclude.ts';
import { doesNotFollow, type Contradiction } from '../../../domain/contradictions/contradiction.ts';
import type { LastDayOnly } from '../../../domain/days/days.ts';
import { proposedBefore } from '../../../queries/proposedBefore.ts';
import { proposerModels, type ProposerTurn } from '../../../queries/proposerModels.ts';
import { keyOf, type DeskRow } from './deskRow.ts';
import { useDesk, type SpreadOf } from './useDesk.ts';
import { dayCostsOf } from '../useDayCosts.ts';

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
