import { err, ok, type Result } from '../../lib/result.ts';
import {
  silenceLimitMs,
  faultOf,
  type BytePiece,
  type RemoteFault,
  type RemoteFile,
  silenceLimitSeconds,
} from './fault.ts';

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
export async function askHost(
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

/** Reads a range (`bytes=0-99`) of a remote file as long as it is in this state. Rejects only when `signal` aborts. */
export async function readRange(
  { url, state }: RemoteFile,
  range: string,
  signal: AbortSignal,
): Promise<Result<BytePiece, RemoteFault>> {
  const [first = 0, last = 0] = (/^bytes=(\d+)-(\d+)$/.exec(range) ?? []).slice(1).map(Number);
  const wantedBytes = last - first + 1;
  // The browser's cache lets one request at a time through for an address, and the other may not have gone yet.
  const asked = await askHost(url, { headers: { Range: range }, cache: 'no-store' }, signal);
  if (asked === 'silent') return err({ kind: 'silent', seconds: silenceLimitSeconds });
  if (asked === 'failed') return err({ kind: 'no-answer' });
  const { response } = asked;
  const read = await asked.read(wantedBytes);
  const bytes = firstBytesOf(read, wantedBytes);
  const fault = faultOf(
    {
      status: response.status,
      header: (name) => response.headers.get(name) ?? undefined,
      receivedBytes: read.byteCount,
      start: bytes.subarray(0, 256),
    },
    wantedBytes,
    state,
  );
  if (fault?.kind === 'short' && read.end === 'silent') {
    return err({ kind: 'silent', seconds: silenceLimitSeconds, receivedBytes: read.byteCount });
  }
  return fault === undefined ? ok({ first, bytes }) : err(fault);
}
