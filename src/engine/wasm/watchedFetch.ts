import { formatBytes } from '../../lib/format.ts';
import { EngineFileError } from '../errors.ts';

/** A host that sends nothing for so long is given up; one that sends slowly is waited for. */
const silenceMs = 10_000;

/** An answer whose body is watched while it arrives. */
export interface Watched {
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
