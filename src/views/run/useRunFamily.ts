import { useMemo } from 'react';

import { useJoinedAnswers } from '../../data/useAnswer.ts';
import { experimentDetail } from '../../queries/experimentDetail.ts';
import type { AgentId, ExperimentId, FileId, SimulationId } from '../../lib/ids.ts';
import type { LinkedRun } from '../../domain/experiment/normalised.ts';

/** What the experiment of a run says about it; empty for a run outside experiments. */
export interface RunFamily {
  /** Every run of the experiment, in its order. */
  readonly runs: readonly LinkedRun[];
  readonly previous: LinkedRun | undefined;
  readonly next: LinkedRun | undefined;
  /** In the order that decides their colours on the experiment's page. */
  readonly agents: readonly AgentId[];
}

/** The runs before and after this one in its experiment, and the experiment's agents. */
export function useRunFamily(
  fileId: FileId,
  experimentId: ExperimentId | undefined,
  simulationId: SimulationId,
): RunFamily {
  const { data } = useJoinedAnswers(
    experimentId === undefined ? [] : [experimentDetail.about({ fileId, experimentId })],
  );
  const [detail] = data;
  return useMemo(() => {
    const runs = detail?.runs ?? [];
    const at = runs.findIndex((run) => run.simulationId === simulationId);
    return {
      runs,
      previous: at < 1 ? undefined : runs[at - 1],
      next: at < 0 ? undefined : runs[at + 1],
      agents: detail?.agents ?? [],
    };
  }, [detail, simulationId]);
}
