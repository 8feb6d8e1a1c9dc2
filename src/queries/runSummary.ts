import type { Engine } from '../engine/engine.ts';
import type { RunSummary } from '../schema/answers.ts';
import type { RunScope } from './scope.ts';
import { unanswered } from './unanswered.ts';

/** One run recounted from its events; undefined when the file knows no such run. */
export function runSummary(
  engine: Engine,
  params: RunScope,
  signal?: AbortSignal,
): Promise<RunSummary | undefined> {
  return unanswered('runSummary', engine, params, signal);
}
