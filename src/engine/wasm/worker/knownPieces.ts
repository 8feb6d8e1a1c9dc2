import { defaultBlockBytes, startBytes } from '../../../source/header.ts';
import type { BytePiece, RemoteFile } from '../../../source/remote/fault.ts';

/**
 * The engine reads by as much as it asks for first; where it goes on it asks for four times that, then for 16 times. A
 * block of the usual size takes all three.
 */
const steps: readonly number[] = [startBytes, 4 * startBytes, 16 * startBytes];
/** Pieces that were read ahead and are kept, the last ones: blocks that are read together lie side by side. */
const mostKept = 4;

/** From the first byte that has to be asked for to the one behind the last. */
interface Missing {
  readonly from: number;
  readonly to: number;
}

/**
 * What of a remote file is known. A block of the usual size is asked for at once, with the bytes that the engine is going
 * to ask for next, by one request instead of three; of smaller blocks nothing more than it asks for.
 */
export class KnownPieces {
  readonly #file: RemoteFile;
  #kept: readonly BytePiece[] = [];

  constructor(file: RemoteFile) {
    this.#file = file;
  }

  /** Undefined where every byte from `first` to before `end` is known. */
  missing(first: number, end: number): Missing | undefined {
    const from = reachOf(this.#from(first), first);
    if (from >= end) return undefined;
    const limit = Math.min(end + this.#aheadBytes(end - first), this.#file.readableBytes);
    const next = Math.min(...this.#all().flatMap((piece) => (piece.first > from ? piece.first : [])), limit);
    // Known again before the end: worth leaving out where nothing else is missing.
    return { from, to: reachOf(this.#from(next), next) >= end ? next : end };
  }

  /** Bytes from `first` to before `end`, of which `read` has what was missing. */
  take(first: number, end: number, read?: BytePiece): Uint8Array {
    const pieces = [...this.#from(first), ...(read === undefined ? [] : [read, ...this.#from(endOf(read))])];
    const [only] = pieces;
    if (read !== undefined && endOf(read) > end) this.#kept = [...this.#kept, read].slice(-mostKept);
    if (only?.first === first && endOf(only) === end) return only.bytes;
    const bytes = new Uint8Array(end - first);
    for (const piece of pieces) {
      const from = Math.max(first, piece.first);
      if (from >= end) break;
      bytes.set(piece.bytes.subarray(from - piece.first, end - piece.first), from - first);
    }
    return bytes;
  }

  #all(): readonly BytePiece[] {
    return [...this.#file.pieces, ...this.#kept];
  }

  /** Pieces that follow each other without a gap, from the one with `first` on. */
  #from(first: number): readonly BytePiece[] {
    const found: BytePiece[] = [];
    for (let at = first; ; at = reachOf(found, first)) {
      const piece = this.#all().find((each) => each.first <= at && at < endOf(each));
      if (piece === undefined) return found;
      found.push(piece);
    }
  }

  #aheadBytes(bytes: number): number {
    const step = steps.indexOf(bytes);
    if (step < 0 || this.#file.blockBytes !== Number(defaultBlockBytes)) return 0;
    return steps.slice(step + 1).reduce((sum, next) => sum + next, 0);
  }
}

const endOf = ({ first, bytes }: BytePiece): number => first + bytes.length;

/** Behind the last byte of pieces that follow each other; `first` where there are none. */
function reachOf(pieces: readonly BytePiece[], first: number): number {
  const last = pieces.at(-1);
  return last === undefined ? first : endOf(last);
}
