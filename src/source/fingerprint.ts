/** How a file is known by what is in it, at any size and from wherever it is read. */
import { blockBytesOf, defaultBlockBytes, headBytes } from './header.ts';

/**
 * Eight hex digits that tell two files apart in a link: 32-bit FNV-1a over the size, the file's head and the checksums
 * of some of its blocks. The head alone is the same in two runs of one experiment that needed the same number of
 * blocks; the checksums cover what is in them.
 */
export function fingerprint(
  head: Uint8Array,
  sizeBytes: number,
  blockSums: Uint8Array = new Uint8Array(),
): string {
  let hash = 0x811c9dc5;
  const mix = (byte: number): void => {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  };
  for (const digit of String(sizeBytes)) mix(digit.charCodeAt(0));
  for (const byte of head) mix(byte);
  for (const byte of blockSums) mix(byte);
  return hash.toString(16).padStart(8, '0');
}

/** Fingerprints of one content. Links are written with the first and read with any. */
export interface FilePrints {
  /** Over size, head and the checksums of up to 8 units; undefined where a host did not give these. */
  readonly content: string | undefined;
  /** Over size and head: by this alone links of before 28 November 2026 tell remote files. */
  readonly head: string;
  /** As earlier versions of the app made `content`, where that was something else. */
  readonly former: readonly string[];
}

/** Each block of a DuckDB file begins with the checksum of the rest of it. */
const sumBytes = 8;
/** What is sampled at a time: one block of the usual size, or the smaller ones in as many bytes. */
const unitBytes = Number(defaultBlockBytes);
/** All units of a file of 2 MB; of a remote one each costs a request. */
const mostSampled = 8;

/** Reads bytes of a file from an offset; undefined where a host does not give them. */
export type ReadAt = (at: number, bytes: number) => Promise<Uint8Array | undefined>;

/**
 * The fingerprint of a file's content: the same of the same bytes, wherever they are read from; and what it was when every
 * block was taken for one of the usual size. Without `content` where some could not be read; rejects as `read` does.
 */
export async function contentPrints(
  head: Uint8Array,
  sizeBytes: number,
  read: ReadAt,
): Promise<Pick<FilePrints, 'content' | 'former'>> {
  const blockBytes = blockBytesOf(head);
  const units = sampledUnits(sizeBytes, blockBytes);
  const readSums = async ({ at, sums }: Unit) => {
    const bytes = await read(at, (sums - 1) * blockBytes + sumBytes);
    if (bytes === undefined) return undefined;
    return Array.from({ length: sums }, (_, i) => [
      ...bytes.subarray(i * blockBytes, i * blockBytes + sumBytes),
    ]);
  };
  const found: (readonly number[])[][] = [];
  // The first is known with the head, and one alone comes before the others: a host that falls silent would hold every
  // connection that a browser has for it, and other files of it would wait for as long.
  for (const together of [units.slice(0, 1), units.slice(1, 2), units.slice(2)]) {
    for (const sums of await Promise.all(together.map(readSums))) {
      if (sums === undefined) return { content: undefined, former: [] };
      found.push(sums);
    }
  }
  const over = (sums: readonly (readonly number[])[]) =>
    fingerprint(head, sizeBytes, Uint8Array.from(sums.flat()));
  const firsts = found.map(([first = []]) => first);
  return { content: over(found.flat()), former: blockBytes < unitBytes ? [over(firsts)] : [] };
}

interface Unit {
  readonly at: number;
  /** So many blocks of it begin within the file. */
  readonly sums: number;
}

/** So many units, the last one perhaps not whole, begin behind the head of a file. */
const unitsOf = (sizeBytes: number): number => Math.max(0, Math.ceil((sizeBytes - headBytes) / unitBytes));

/** The sampled units: spread evenly, the first and the last among them. */
function sampledUnits(sizeBytes: number, blockBytes: number): readonly Unit[] {
  const units = unitsOf(sizeBytes);
  const count = Math.min(units, mostSampled);
  return Array.from({ length: count }, (_, i) => {
    const at = headBytes + (count < 2 ? 0 : Math.round((i * (units - 1)) / (count - 1))) * unitBytes;
    const sums = Math.floor((Math.min(unitBytes, sizeBytes - at) - sumBytes) / blockBytes) + 1;
    return { at, sums };
  }).filter(({ sums }) => sums > 0);
}

const mostFormerSums = 64;

/** Checksums of up to 64 units, in steps of whole ones. Rejects when the file cannot be read any more. */
async function formerSums(file: Blob): Promise<Uint8Array> {
  const units = unitsOf(file.size);
  const step = Math.max(1, Math.ceil(units / mostFormerSums));
  const sums: Blob[] = [];
  for (let unit = 0; unit < units; unit += step) {
    const at = headBytes + unit * unitBytes;
    sums.push(file.slice(at, at + sumBytes));
  }
  const found = new Uint8Array(sums.length * sumBytes);
  // In one read: each by itself goes to the browser's process and back. The last one may be cut short.
  found.set(new Uint8Array(await new Blob(sums).arrayBuffer()));
  return found;
}

/** Of a file of this machine, all but `moreFormerPrints`; rejects when it cannot be read any more. */
export async function printsOfFile(head: Uint8Array, file: Blob): Promise<FilePrints> {
  const read: ReadAt = async (at, bytes) => new Uint8Array(await file.slice(at, at + bytes).arrayBuffer());
  return { ...(await contentPrints(head, file.size, read)), head: fingerprint(head, file.size) };
}

/**
 * What links of before 28 November 2026 know a local file by: up to 64 checksums. None
 * where that is `content` again. Rejects when the file cannot be read any more.
 */
export async function moreFormerPrints(head: Uint8Array, file: Blob): Promise<readonly string[]> {
  if (unitsOf(file.size) <= mostSampled) return [];
  return [fingerprint(head, file.size, await formerSums(file))];
}
