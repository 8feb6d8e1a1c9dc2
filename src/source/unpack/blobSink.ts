import { formatBytes } from '../../lib/format.ts';

/** Pieces are handed to the browser, which keeps large ones on disk, before the next is unpacked. */
const pieceBytes = 4_000_000;

/** Collects what is written into one file, up to a limit: a small packed file may hold terabytes. */
export class BlobSink {
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
