import type { Engine } from '../engine/engine.ts';
import type { ExperimentSummary } from '../schema/normalised.ts';
import type { FileScope } from './scope.ts';
import { unanswered } from './unanswered.ts';

/** One row per experiment of the open files, with what the list shows. */
export function experimentList(
  engine: Engine,
  params: FileScope,
  signal?: AbortSignal,
): Promise<ExperimentSummary[]> {
  return unanswered('experimentList', engine, params, signal);
}
