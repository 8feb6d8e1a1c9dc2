import { EngineError } from '../engine/errors.ts';
import type { RefusalCode } from '../schema/refusal.ts';

/** The contract's code for a question that could not be answered. */
export function failureCode(error: Error): RefusalCode {
  if (isChangedOnDisk(error)) return 'fetch-failed';
  return error instanceof EngineError && error.kind === 'out-of-memory' ? 'out-of-memory' : 'engine-crashed';
}

/** Whether the engine could not read a local file any more, as it changed after it was chosen. */
export function isChangedOnDisk(cause: unknown): boolean {
  return cause instanceof Error && cause.message.includes('NotReadableError');
}
