/** The engine's 28 MB, fetched and compiled once a page; each worker is handed the result. */
import wasmUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';

import { formatBytes } from '../../lib/format.ts';
import { EngineFileError } from '../errors.ts';

/** A host that sends nothing for so long is given up; one that sends slowly is waited for. */
const silenceMs = 10_000;

/** An answer whose body is watched while it arrives. */
interface Watched {
  readonly answer: Response;
  /** Why the body broke off; a reader of the body (WebAssembly) may reject with words of its own instead. */
  readonly failure: () => EngineFileError | undefined;
}

/**
 * Fetches one of the engine's own files. The time limit is on silence, not on the whole: it starts anew with every
 * piece that arrives. `onBytes` is told the bytes so far, unpacked, and whose they are. Rejects with `EngineFileError`, as does the body.
 */
export async function watchedFetch(
  url: string,
  onBytes?: (bytes: number, answer: Response) => void,
): Promise<Watched> {
  const controller = new AbortController();
  let bytes = 0;
  let failure: EngineFileError | undefined;
  /** Waits for the host no longer than the limit. */
  async function patiently<T>(waiting: Promise<T>): Promise<T> {
    const timer = setTimeout(() => controller.abort(silent(url, bytes)), silenceMs);
    try {
      return await waiting;
    } catch (cause) {
      failure = toFileError(url, cause, bytes);
      throw failure;
    } finally {
      clearTimeout(timer);
    }
  }

  const response = await patiently(fetch(url, { signal: controller.signal }));
  if (!response.ok || response.body === null) {
    controller.abort();
    throw new EngineFileError('status', url, answerOf(response));
  }
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(out) {
      const { done, value } = await patiently(reader.read());
      if (done) {
        out.close();
        return;
      }
      bytes += value.byteLength;
      onBytes?.(bytes, response);
      out.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return { answer: new Response(body, response), failure: () => failure };
}

/** The host's answer in its own words: `404 Not Found, Content-Type: text/html`. */
export function answerOf({ status, statusText, headers }: Response): string {
  const type = headers.get('Content-Type');
  return `${`${status} ${statusText}`.trim()}, ${type === null ? 'no Content-Type' : `Content-Type: ${type}`}`;
}

function silent(url: string, bytes: number): EngineFileError {
  const seconds = silenceMs / 1000;
  const what = bytes === 0 ? 'nothing has arrived' : `${formatBytes(bytes)} have arrived, then nothing more`;
  return new EngineFileError('silent', url, `${what} for ${seconds} seconds`);
}

function toFileError(url: string, cause: unknown, bytes: number): EngineFileError {
  if (cause instanceof EngineFileError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  const when = bytes === 0 ? '' : ` after ${formatBytes(bytes)}`;
  return new EngineFileError('unreachable', url, `the connection failed${when} (${message})`, cause);
}

export interface BootProgress {
  readonly loadedBytes: number;
  /** Undefined where the host compresses: the length that it names is then another one. */
  readonly totalBytes: number | undefined;
}

type OnProgress = (progress: BootProgress) => void;

let compiled: Promise<WebAssembly.Module> | undefined;

/** The compiled engine; rejects with `EngineFileError`. A failure is not kept: the next call asks the host again. */
export function compiledEngine(onProgress?: OnProgress): Promise<WebAssembly.Module> {
  if (compiled === undefined) {
    const compiling = compile(new URL(wasmUrl, location.href).href, onProgress);
    compiled = compiling;
    compiling.catch(() => {
      if (compiled === compiling) compiled = undefined;
    });
  }
  return compiled;
}

async function compile(url: string, onProgress?: OnProgress): Promise<WebAssembly.Module> {
  const { answer, failure } = await watchedFetch(url, (loadedBytes, { headers }) =>
    onProgress?.({ loadedBytes, totalBytes: lengthOf(headers) }),
  );
  const words = answerOf(answer);
  if (answer.body === null) throw new EngineFileError('not-wasm', url, words);
  const { first, whole } = await firstBytes(answer.body, 4);
  const [a, b, c, d] = first;
  const isGzip = a === 0x1f && b === 0x8b;
  const isWasm = a === 0 && b === 0x61 && c === 0x73 && d === 0x6d;
  if (!isGzip && !isWasm) {
    void whole.cancel();
    throw new EngineFileError('not-wasm', url, words);
  }
  // Some hosts send a packed file without saying so.
  const bytes = isGzip ? whole.pipeThrough(new DecompressionStream('gzip')) : whole;
  try {
    // Under a content type of our own: what the host calls the file does not matter.
    return await WebAssembly.compileStreaming(
      new Response(bytes, { headers: { 'Content-Type': 'application/wasm' } }),
    );
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw failure() ?? new EngineFileError('not-compiled', url, message, cause);
  }
}

function lengthOf(headers: Headers): number | undefined {
  const length = Number(headers.get('Content-Length') ?? '');
  return headers.has('Content-Encoding') || !(length > 0) ? undefined : length;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** The first `count` bytes of a stream, fewer where it is shorter, and a stream of all of it. */
export async function firstBytes(
  stream: ReadableStream<Bytes>,
  count: number,
): Promise<{ readonly first: Bytes; readonly whole: ReadableStream<Bytes> }> {
  const reader = stream.getReader();
  const pieces: Bytes[] = [];
  let have = 0;
  while (have < count) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    have += value.byteLength;
  }
  const whole = new ReadableStream<Bytes>({
    start(out) {
      for (const piece of pieces) out.enqueue(piece);
    },
    async pull(out) {
      const { done, value } = await reader.read();
      if (done) out.close();
      else out.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  const first = new Uint8Array(Math.min(count, have));
  let at = 0;
  for (const piece of pieces) {
    const part = piece.subarray(0, first.length - at);
    first.set(part, at);
    at += part.length;
  }
  return { first, whole };
}
