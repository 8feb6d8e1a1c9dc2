/** How a file is known by what is in it, at any size and from wherever it is read. */
import { defaultBlockBytes, headBytes } from './header.ts';

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
  /** Over size, head and the checksums of up to 8 blocks; undefined where a host did not give these. */
  readonly content: string | undefined;
  /** Over size and head: by this alone links of before 28 November 2026 tell remote files. */
  readonly head: string;
  /** Over size, head and up to 64 checksums: of local files in links of before 28 November 2026. */
  readonly former: string | undefined;
}

/** Each block of a DuckDB file begins with the checksum of the rest of it. */
const sumBytes = 8;
/** All blocks of a file of 2 MB; of a remote one each costs a request. */
const mostSampled = 8;

/** Reads bytes of a file from an offset; undefined where a host does not give them. */
export type ReadAt = (at: number, bytes: number) => Promise<Uint8Array | undefined>;

/**
 * The fingerprint of a file's content: the same of the same bytes, wherever they are read from. Undefined where some
 * could not be read; rejects as `read` does.
 */
export async function contentPrint(
  head: Uint8Array,
  sizeBytes: number,
  read: ReadAt,
): Promise<string | undefined> {
  const at = sampledOffsets(sizeBytes);
  const sums = new Uint8Array(at.length * sumBytes);
  const readAll = (offsets: readonly number[]) =>
    Promise.all(offsets.map((offset) => read(offset, sumBytes)));
  // One alone first: a host that falls silent would hold every connection that a browser has for it, and other files of
  // it would wait for as long.
  const first = await readAll(at.slice(0, 1));
  if (first.includes(undefined)) return undefined;
  for (const [i, sum] of [...first, ...(await readAll(at.slice(1)))].entries()) {
    if (sum === undefined) return undefined;
    sums.set(sum.subarray(0, sumBytes), i * sumBytes);
  }
  return fingerprint(head, sizeBytes, sums);
}

/** Where the sampled blocks begin: spread evenly, the first and the last among them. */
function sampledOffsets(sizeBytes: number): readonly number[] {
  const blockBytes = Number(defaultBlockBytes);
  const blocks = Math.max(0, Math.ceil((sizeBytes - headBytes) / blockBytes));
  const count = Math.min(blocks, mostSampled);
  return Array.from({ length: count }, (_, i) => {
    const block = count < 2 ? 0 : Math.round((i * (blocks - 1)) / (count - 1));
    return headBytes + block * blockBytes;
  }).filter((at) => at + sumBytes <= sizeBytes);
}

/** Read in about 10 ms; all blocks of a file up to 17 MB. */
const mostFormerSums = 64;

/** What `FilePrints.former` is made of, beside size and head. Rejects when the file cannot be read any more. */
export async function readFormerSums(file: Blob): Promise<Uint8Array> {
  const blockBytes = Number(defaultBlockBytes);
  const blocks = Math.max(0, Math.ceil((file.size - headBytes) / blockBytes));
  const step = Math.max(1, Math.ceil(blocks / mostFormerSums));
  const reads: Promise<ArrayBuffer>[] = [];
  for (let block = 0; block < blocks; block += step) {
    const at = headBytes + block * blockBytes;
    reads.push(file.slice(at, at + sumBytes).arrayBuffer());
  }
  const sums = new Uint8Array(reads.length * sumBytes);
  for (const [i, sum] of (await Promise.all(reads)).entries()) sums.set(new Uint8Array(sum), i * sumBytes);
  return sums;
}

/** Of a file of this machine; rejects when it cannot be read any more. */
export async function printsOfFile(head: Uint8Array, file: Blob): Promise<FilePrints> {
  const read: ReadAt = async (at, bytes) => new Uint8Array(await file.slice(at, at + bytes).arrayBuffer());
  const [content, sums] = await Promise.all([contentPrint(head, file.size, read), readFormerSums(file)]);
  return { content, head: fingerprint(head, file.size), former: fingerprint(head, file.size, sums) };
}
