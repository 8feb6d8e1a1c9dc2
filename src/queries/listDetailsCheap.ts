import type { Engine } from '../engine/engine.ts';
import type { ListDetails } from '../schema/answers.ts';
import type { FileScope } from './scope.ts';
import { unanswered } from './unanswered.ts';

/** Verdict counts from evaluation rows alone: reads no policy, prompt or event text. */
export function listDetailsCheap(
  engine: Engine,
  params: FileScope,
  signal?: AbortSignal,
): Promise<ListDetails[]> {
  return unanswered('listDetailsCheap', engine, params, signal);
}
