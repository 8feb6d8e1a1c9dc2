import { EngineError } from '../engine/errors.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import { SourceFailure } from './sourceFailure.ts';

/** The contract's code for a question that could not be answered. */
export function failureCode(error: Error): RefusalCode {
  if (error instanceof SourceFailure) return error.refusal.code;
  if (isChangedOnDisk(error)) return 'changed';
  return error instanceof EngineError && error.kind === 'out-of-memory' ? 'out-of-memory' : 'engine-crashed';
}

/** Whether the engine could not read a local file any more, as it changed after it was chosen. */
export function isChangedOnDisk(cause: unknown): boolean {
  return cause instanceof Error && cause.message.includes('NotReadableError');
}
