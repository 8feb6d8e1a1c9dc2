import { err, ok, type Result } from '../../lib/result.ts';
import type { DroppedFile } from '../droppedFiles.ts';

/** What the browser is asked to keep for one packed file: larger ones are better unpacked once, on disk. */
export const unpackLimitBytes = 4_000_000_000;

/** Unpacks in a worker of its own, which ends with it. Resolves with words when it fails; rejects on abort. */
export function unpackInWorker(
  file: File,
  format: PackedFormat,
  limitBytes: number,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<Result<readonly DroppedFile[], string>> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const answer = new Promise<Result<readonly DroppedFile[], string>>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    worker.onerror = (event) => resolve(err(event.message || 'the unpacking worker stopped'));
    worker.onmessage = ({ data }: MessageEvent<UnpackReply>) => {
      if (data.kind === 'progress') onProgress(data.fraction);
      else resolve(data.kind === 'done' ? ok(data.files) : err(data.why));
    };
    worker.postMessage({ file, format, limitBytes } satisfies UnpackRequest);
  });
  return answer.finally(() => worker.terminate());
}

/** What the page and the unpacking worker say to each other. */
export type PackedFormat = 'gzip' | 'zip' | 'Zstandard';

export interface UnpackRequest {
  readonly file: File;
  readonly format: PackedFormat;
  readonly limitBytes: number;
}

export type UnpackReply =
  | { readonly kind: 'progress'; readonly fraction: number }
  | { readonly kind: 'done'; readonly files: readonly DroppedFile[] }
  | { readonly kind: 'failed'; readonly why: string };
