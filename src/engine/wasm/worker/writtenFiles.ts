/**
 * New databases of the engine (docs/decisions/0028-writing-in-the-browser.md). They stand in the memory of this worker, not
 * in the engine's own: the library (1.33.1-dev65) never lets go of the lock on a file of its own memory that was attached
 * for writing, so `copyFileToBuffer` fails. It does write through the handles of the origin's private file system, and is
 * given ours in its place: nothing reaches the disk, and pages without that file system (http on another machine, some
 * private windows) have it too.
 */
import { emptyDatabase } from './emptyDatabase.ts';
import { isOurs, type FileWritten } from './protocol.ts';

const pieceBytes = 1 << 20;

/** What the library asks of a `FileSystemSyncAccessHandle`. */
class WrittenFile {
  readonly #pieces: Uint8Array<ArrayBuffer>[] = [];
  readonly #keepsBytes: boolean;
  #size = 0;

  constructor(keepsBytes: boolean) {
    this.#keepsBytes = keepsBytes;
  }

  getSize(): number {
    return this.#size;
  }

  read(into: ArrayBuffer | Uint8Array, { at = 0 }: { readonly at?: number } = {}): number {
    const bytes = into instanceof Uint8Array ? into : new Uint8Array(into);
    const count = Math.max(0, Math.min(bytes.length, this.#size - at));
    if (!this.#keepsBytes) bytes.fill(0, 0, count);
    this.#each(at, count, (piece, part, place) => bytes.set(piece.subarray(part.start, part.end), place));
    return count;
  }

  write(from: ArrayBuffer | Uint8Array, { at = 0 }: { readonly at?: number } = {}): number {
    const bytes = from instanceof Uint8Array ? from : new Uint8Array(from);
    this.#grow(at + bytes.length);
    this.#each(at, bytes.length, (piece, part, place) =>
      piece.set(bytes.subarray(place, place + part.end - part.start), part.start),
    );
    return bytes.length;
  }

  truncate(size: number): void {
    if (size < this.#size) {
      this.#pieces.length = Math.min(this.#pieces.length, Math.ceil(size / pieceBytes));
      // What is written there later lies beside zeros, as in a file.
      if (size % pieceBytes > 0) this.#pieces.at(-1)?.fill(0, size % pieceBytes);
      this.#size = size;
    } else this.#grow(size);
  }

  flush(): void {
    // Nothing is held back.
  }

  close(): void {
    // The page asks for the bytes afterwards.
  }

  toBlob(): Blob {
    return new Blob(
      this.#pieces.map((piece, at) => piece.subarray(0, Math.min(pieceBytes, this.#size - at * pieceBytes))),
    );
  }

  #grow(size: number): void {
    if (this.#keepsBytes)
      while (this.#pieces.length * pieceBytes < size) this.#pieces.push(new Uint8Array(pieceBytes));
    this.#size = Math.max(this.#size, size);
  }

  #each(
    at: number,
    count: number,
    visit: (piece: Uint8Array, part: { readonly start: number; readonly end: number }, place: number) => void,
  ): void {
    for (let place = 0; place < count;) {
      const start = (at + place) % pieceBytes;
      const end = Math.min(pieceBytes, start + count - place);
      const piece = this.#pieces[Math.floor((at + place) / pieceBytes)];
      if (piece === undefined) return;
      visit(piece, { start, end }, place);
      place += end - start;
    }
  }
}

const files = new Map<string, WrittenFile>();

/**
 * A database is there, without tables: the engine takes a file that it is given for one to be read. Logs are only needed
 * after a crash, when this memory is gone too: of them the size is kept, which the engine asks for.
 */
function openFile(name: string): WrittenFile {
  const isLog = name.includes('.wal');
  const file = files.get(name) ?? new WrittenFile(!isLog);
  if (!isLog && !files.has(name)) file.write(emptyDatabase());
  files.set(name, file);
  return file;
}

const folder = {
  getDirectoryHandle: () => Promise.resolve(folder),
  getFileHandle: (name: string) =>
    Promise.resolve({ createSyncAccessHandle: () => Promise.resolve(openFile(name)) }),
};

// The library asks for the folder by `navigator.storage`, and whether a handle is one of this class.
Object.defineProperty(navigator, 'storage', { value: { getDirectory: () => Promise.resolve(folder) } });
(globalThis as { FileSystemSyncAccessHandle?: unknown }).FileSystemSyncAccessHandle = WrittenFile;

addEventListener('message', (event: MessageEvent<unknown>) => {
  if (!isOurs(event.data) || event.data.iterscope !== 'take file') return;
  event.stopImmediatePropagation();
  const { name } = event.data;
  const blob = files.get(name)?.toBlob();
  files.clear();
  postMessage({ iterscope: 'file written', name, blob } satisfies FileWritten);
});
