/** Packed files, unpacked piece by piece; runs in a worker, and in Node for tests. */
import { BlobReader, configure, ZipReader } from '@zip.js/zip.js/lib/zip-core-native.js';
import { Decompress } from 'fzstd';

import { formatBytes } from '../../lib/format.ts';
import type { DroppedFile } from '../droppedFiles.ts';
import type { PackedFormat } from './unpackInWorker.ts';

/** Pieces are handed to the browser, which keeps large ones on disk, before the next is unpacked. */
const pieceBytes = 4_000_000;

/** Collects what is written into one file, up to a limit: a small packed file may hold terabytes. */
class BlobSink {
  readonly #limitBytes: number;
  readonly #pieces: Blob[] = [];
  #waiting: Uint8Array<ArrayBuffer>[] = [];
  #waitingBytes = 0;
  bytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  writable(): WritableStream<Uint8Array<ArrayBuffer>> {
    return new WritableStream({
      write: (chunk) => {
        this.bytes += chunk.length;
        if (this.bytes > this.#limitBytes) {
          throw new Error(`unpacked, it is more than ${formatBytes(this.#limitBytes)}`);
        }
        this.#waiting.push(chunk);
        this.#waitingBytes += chunk.length;
        if (this.#waitingBytes >= pieceBytes) this.#flush();
      },
      close: () => this.#flush(),
    });
  }

  file(name: string): File {
    return new File(this.#pieces, name);
  }

  #flush(): void {
    if (this.#waitingBytes > 0) this.#pieces.push(new Blob(this.#waiting));
    this.#waiting = [];
    this.#waitingBytes = 0;
  }
}

// We are in a worker already, and a page may forbid workers made of text.
configure({ useWebWorkers: false });

type Progress = (fraction: number) => void;

/** A database, packed once more or not, its log, or the scripts of an export; a zip also holds notes and folders. */
const wanted = /\.(db|duckdb|ddb)(\.gz|\.zst|\.zip)?$|\.wal$|(^|\/)(schema|load)\.sql$/i;
/** What macOS puts beside each file of a zip. */
const companion = /(^|\/)(__MACOSX\/|\._)/;

/**
 * What is in a packed file, under its own name and with the path of its folder. Of a zip the databases and logs, or
 * the only file there is.
 * Rejects with words when it cannot be unpacked or is larger than `limitBytes`.
 */
export async function unpackFile(
  file: File,
  format: PackedFormat,
  limitBytes: number,
  onProgress: Progress,
): Promise<DroppedFile[]> {
  if (format === 'zip') return unzip(file, limitBytes, onProgress);
  const sink = new BlobSink(limitBytes);
  const unpacked = format === 'gzip' ? new DecompressionStream('gzip') : zstdStream();
  await file
    .stream()
    .pipeThrough(counting(file.size, onProgress))
    .pipeThrough(unpacked)
    .pipeTo(sink.writable());
  const name = file.name.replace(/\.tgz$/i, '.tar').replace(/\.(gz|gzip|zst|zstd)$/i, '');
  return [{ file: sink.file(name), folder: '' }];
}

async function unzip(file: File, limitBytes: number, onProgress: Progress): Promise<DroppedFile[]> {
  const reader = new ZipReader(new BlobReader(file));
  const entries = (await reader.getEntries())
    .filter((entry) => !entry.directory)
    .filter(({ filename }) => !companion.test(filename));
  const databases = entries.filter(({ filename }) => wanted.test(filename));
  const chosen = databases.length > 0 ? databases : entries.slice(0, entries.length === 1 ? 1 : 0);
  if (chosen.length === 0) throw new Error(noDatabase(entries.map(({ filename }) => filename)));
  if (chosen.some(({ encrypted }) => encrypted)) throw new Error('it is locked with a password');
  const total = chosen.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  const files: DroppedFile[] = [];
  let done = 0;
  for (const entry of chosen) {
    // The limit is for all of them together, whatever the zip says of their sizes.
    const sink = new BlobSink(limitBytes - done);
    await entry.getData(sink.writable(), {
      onprogress: (bytes) => {
        onProgress((done + bytes) / Math.max(1, total));
        return undefined;
      },
    });
    done += sink.bytes;
    const [, folder = '', name = entry.filename] = /^(?:(.*)\/)?([^/]*)$/s.exec(entry.filename) ?? [];
    files.push({ file: sink.file(name), folder });
  }
  await reader.close();
  return files;
}

function noDatabase(names: readonly string[]): string {
  const few = names.slice(0, 5).join(', ');
  const rest = names.length > 5 ? ` and ${names.length - 5} more` : '';
  return names.length === 0 ? 'it is empty' : `it holds no database, but ${few}${rest}`;
}

function counting(
  totalBytes: number,
  onProgress: Progress,
): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.length;
      onProgress(bytes / totalBytes);
      controller.enqueue(chunk);
    },
  });
}

function zstdStream(): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let give: (piece: Uint8Array<ArrayBuffer>) => void = () => undefined;
  const stream = new Decompress((piece) => give(piece.slice()));
  return new TransformStream({
    start(controller) {
      give = (piece) => controller.enqueue(piece);
    },
    transform: (chunk) => {
      stream.push(chunk);
    },
    flush: () => {
      stream.push(new Uint8Array(), true);
    },
  });
}
