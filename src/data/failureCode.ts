import { EngineError } from '../engine/errors.ts';
import type { RefusalCode } from '../schema/refusal.ts';

/** The contract's code for a question that could not be answered. */
export function failureCode(error: Error): RefusalCode {
  return error instanceof EngineError && error.kind === 'out-of-memory' ? 'out-of-memory' : 'engine-crashed';
}
