import { silenceLimitMs } from './limits.ts';

/** What was read of a body, and why reading ended. */
export interface ReadBody {
  readonly chunks: readonly Uint8Array<ArrayBuffer>[];
  readonly byteCount: number;
  readonly end: 'complete' | 'limit' | 'silent' | 'broken';
}

/** An answer whose body is read only as far as one wants; whoever asks must read or stop it. */
export interface Asked {
  readonly response: Response;
  /** Reads on until the body ends or `limitBytes` have come, at most `limitMs` after the last sign of life. */
  read(limitBytes: number): Promise<ReadBody>;
  /** Ends the transfer, whatever the host still has to say. */
  stop(): void;
}

/** Why there is no answer: silence, or a failure that the browser does not explain. */
export type Unanswered = 'silent' | 'failed';

/** Fetches, with a limit to the host's silence. Rejects only when `signal` aborts. */
export async function ask(
  url: string,
  init: RequestInit,
  signal: AbortSignal,
  limitMs = silenceLimitMs,
): Promise<Asked | Unanswered> {
  signal.throwIfAborted();
  const stopper = new AbortController();
  const stop = (): void => stopper.abort();
  signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(stop, limitMs);
  try {
    const response = await fetch(url, { ...init, signal: stopper.signal });
    return { response, stop, read: (limitBytes) => readBody(response, limitBytes, limitMs, stop, signal) };
  } catch {
    signal.throwIfAborted();
    return stopper.signal.aborted ? 'silent' : 'failed';
  } finally {
    clearTimeout(timer);
  }
}

async function readBody(
  response: Response,
  limitBytes: number,
  limitMs: number,
  stop: () => void,
  signal: AbortSignal,
): Promise<ReadBody> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let byteCount = 0;
  const ended = (end: ReadBody['end']): ReadBody => {
    if (end !== 'complete') stop();
    return { chunks, byteCount, end };
  };
  const reader = response.body?.getReader();
  if (reader === undefined) return ended('complete');
  const silence = new AbortController();
  for (;;) {
    const timer = setTimeout(() => {
      silence.abort();
      stop();
    }, limitMs);
    try {
      const { done, value } = await reader.read();
      if (done) return ended('complete');
      chunks.push(value);
      byteCount += value.length;
    } catch {
      signal.throwIfAborted();
      return ended(silence.signal.aborted ? 'silent' : 'broken');
    } finally {
      clearTimeout(timer);
    }
    if (byteCount > limitBytes) return ended('limit');
  }
}

/** The first `most` bytes of what was read, in one piece. */
export function firstBytesOf({ chunks, byteCount }: ReadBody, most: number): Uint8Array {
  const bytes = new Uint8Array(Math.min(most, byteCount));
  let at = 0;
  for (const chunk of chunks) {
    const rest = chunk.subarray(0, bytes.length - at);
    bytes.set(rest, at);
    at += rest.length;
    if (at === bytes.length) break;
  }
  return bytes;
}
