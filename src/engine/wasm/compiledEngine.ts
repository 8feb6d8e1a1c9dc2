/** The engine's 28 MB, fetched and compiled once a page; each worker is handed the result. */
import wasmUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import { EngineFileError } from '../errors.ts';
import { answerOf, watchedFetch } from './watchedFetch.ts';

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
