import type { Engine } from '../engine/engine.ts';
import type { ExperimentFacts } from '../schema/answers.ts';
import type { ExperimentScope } from './scope.ts';
import { unanswered } from './unanswered.ts';

/** Configuration of one experiment and what the file records for it. */
export function experimentFacts(
  engine: Engine,
  params: ExperimentScope,
  signal?: AbortSignal,
): Promise<ExperimentFacts | undefined> {
  return unanswered('experimentFacts', engine, params, signal);
}
