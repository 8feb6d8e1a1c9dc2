import type { Engine } from '../engine/engine.ts';
import type { ListDetails } from '../schema/answers.ts';
import type { FileScope } from './scope.ts';
import { unanswered } from './unanswered.ts';

/** Verdict counts and proposer models per experiment, every verdict derived. */
export function listDetails(engine: Engine, params: FileScope, signal?: AbortSignal): Promise<ListDetails[]> {
  return unanswered('listDetails', engine, params, signal);
}
