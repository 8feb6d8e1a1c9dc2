import type { Engine } from '../engine/engine.ts';
import type { IterationDetail } from '../schema/answers.ts';
import type { IterationScope } from './scope.ts';
import { unanswered } from './unanswered.ts';

/** One iteration with its policies, proposals, samples and runs; undefined when there is no such iteration. */
export function iterationDetail(
  engine: Engine,
  params: IterationScope,
  signal?: AbortSignal,
): Promise<IterationDetail | undefined> {
  return unanswered('iterationDetail', engine, params, signal);
}
