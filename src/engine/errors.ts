export type EngineErrorKind = 'cancelled' | 'crashed' | 'out-of-memory' | 'timed-out' | 'query';

/** A failed statement, with its text, who asked, and the engine's own error as `cause`. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly kind: EngineErrorKind;
  readonly sql: string;
  constructor(kind: EngineErrorKind, message: string, sql: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
    this.sql = sql;
  }
}

/** Words of a WASM trap; after one of them the module's memory cannot be trusted any more. */
const traps =
  /RuntimeError|function signature mismatch|memory access out of bounds|unreachable|null function|table index is out of bounds|indirect call|Aborted\(/i;
const memory = /out of memory|could not allocate|allocation failure|failed to allocate|std::bad_alloc/i;

export function toEngineError(cause: unknown, sql: string): EngineError {
  if (cause instanceof EngineError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (memory.test(message)) return new EngineError('out-of-memory', message, sql, cause);
  if (traps.test(message) || (cause instanceof Error && cause.name === 'RuntimeError')) {
    return new EngineError('crashed', message, sql, cause);
  }
  if (/interrupted|cancel/i.test(message)) return new EngineError('cancelled', message, sql, cause);
  return new EngineError('query', message, sql, cause);
}
