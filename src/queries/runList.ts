import type { Engine } from '../engine/engine.ts';
import type { RunListRow } from '../schema/answers.ts';
import type { RunListScope } from './scope.ts';
import { unanswered } from './unanswered.ts';

/** Runs that belong to no experiment, and orphans. */
export function runList(engine: Engine, params: RunListScope, signal?: AbortSignal): Promise<RunListRow[]> {
  return unanswered('runList', engine, params, signal);
}
