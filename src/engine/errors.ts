import type { RemoteFault } from '../source/remote/fault.ts';

/** `host`: the host of a remote file did not give what was asked for. */
export type EngineErrorKind = 'cancelled' | 'crashed' | 'out-of-memory' | 'timed-out' | 'host' | 'query';

/** The read that made a statement fail: which registered file, and what its host did. */
export interface FailedRead {
  readonly name: string;
  readonly fault: RemoteFault;
}

/** A failed statement, with its text, who asked, and the engine's own error as `cause`. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly kind: EngineErrorKind;
  readonly sql: string;
  /** Of kind `host` only. */
  readonly failedRead: FailedRead | undefined;
  constructor(kind: EngineErrorKind, message: string, sql: string, cause?: unknown, failedRead?: FailedRead) {
    super(message, { cause });
    this.kind = kind;
    this.sql = sql;
    this.failedRead = failedRead;
  }
}

/** Whether the engine went by itself or was ended, and not by the statement whose answer was lost with it. */
export function isCollateral(failure: unknown): boolean {
  return failure instanceof EngineError && failure.kind === 'crashed' && failure.sql === '';
}

/**
 * Words of a WASM trap, after which the module's memory cannot be trusted any more, and of an engine that has closed its
 * databases after an error of its own: either answers nothing more.
 */
const traps =
  /has been invalidated|RuntimeError|function signature mismatch|memory access out of bounds|unreachable|null function|table index is out of bounds|indirect call|Aborted\(/i;
const memory = /out of memory|could not allocate|allocation failure|failed to allocate|std::bad_alloc/i;

/** The WASM build gives an error of its parser as JSON; every other one, and other builds, as `Parser Error: words`. */
function plainMessage(message: string): string {
  if (!message.startsWith('{')) return message;
  try {
    const { exception_type: type, exception_message: words } = JSON.parse(message) as Record<string, unknown>;
    return typeof type === 'string' && typeof words === 'string' ? `${type} Error: ${words}` : message;
  } catch {
    return message;
  }
}

export function toEngineError(cause: unknown, sql: string): EngineError {
  if (cause instanceof EngineError) return cause;
  const message = plainMessage(cause instanceof Error ? cause.message : String(cause));
  if (memory.test(message)) return new EngineError('out-of-memory', message, sql, cause);
  if (traps.test(message) || (cause instanceof Error && cause.name === 'RuntimeError')) {
    return new EngineError('crashed', message, sql, cause);
  }
  if (/interrupted|cancel/i.test(message)) return new EngineError('cancelled', message, sql, cause);
  return new EngineError('query', message, sql, cause);
}

/**
 * What is wrong with one of the engine's own files. The host's faults: a status of failure, a file of another kind,
 * silence, no connection. The browser's: it does not compile or does not start what has arrived.
 */
export type EngineFileFault =
  | 'status'
  | 'not-wasm'
  | 'not-script'
  | 'silent'
  | 'unreachable'
  | 'not-compiled'
  | 'not-started';

/** The engine could not be had; `message` is the host's or the browser's answer. */
export class EngineFileError extends Error {
  override readonly name = 'EngineFileError';
  readonly fault: EngineFileFault;
  /** Absolute address of the file. */
  readonly url: string;
  constructor(fault: EngineFileFault, url: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.fault = fault;
    this.url = url;
  }
}
