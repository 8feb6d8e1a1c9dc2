import { useMemo } from 'react';

import { questions } from '../../data/questions.ts';
import { useAnswers } from '../../data/useAnswer.ts';
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
  const [answer] = useAnswers(
    experimentId === undefined ? [] : [questions.experimentDossier({ fileId, experimentId })],
  );
  const dossier = answer?.data;
  return useMemo(() => {
    const runs = dossier?.runs ?? [];
    const at = runs.findIndex((run) => run.simulationId === simulationId);
    return {
      runs,
      previous: at < 1 ? undefined : runs[at - 1],
      next: at < 0 ? undefined : runs[at + 1],
      agents: dossier?.agents ?? [],
    };
  }, [dossier, simulationId]);
}
