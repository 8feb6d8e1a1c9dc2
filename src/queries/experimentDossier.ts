import type { Engine } from '../engine/engine.ts';
import type { ExperimentDossier } from '../schema/normalised.ts';
import type { ExperimentScope } from './scope.ts';
import { unanswered } from './unanswered.ts';

/** Everything the experiment page draws; undefined when the file has no such experiment. */
export function experimentDossier(
  engine: Engine,
  params: ExperimentScope,
  signal?: AbortSignal,
): Promise<ExperimentDossier | undefined> {
  return unanswered('experimentDossier', engine, params, signal);
}
