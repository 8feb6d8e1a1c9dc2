import { defaultBlockBytes, headBytes } from './header.ts';

/** Each block of a DuckDB file begins with the checksum of the rest of it. */
const sumBytes = 8;
/** Read in about 10 ms; all blocks of a file up to 17 MB. */
const mostSums = 64;

/** Checksums of blocks spread evenly over a local file. Rejects when it cannot be read any more. */
export async function readBlockSums(file: Blob): Promise<Uint8Array> {
  const blockBytes = Number(defaultBlockBytes);
  const blocks = Math.max(0, Math.ceil((file.size - headBytes) / blockBytes));
  const step = Math.max(1, Math.ceil(blocks / mostSums));
  const reads: Promise<ArrayBuffer>[] = [];
  for (let block = 0; block < blocks; block += step) {
    const at = headBytes + block * blockBytes;
    reads.push(file.slice(at, at + sumBytes).arrayBuffer());
  }
  const sums = new Uint8Array(reads.length * sumBytes);
  for (const [i, sum] of (await Promise.all(reads)).entries()) sums.set(new Uint8Array(sum), i * sumBytes);
  return sums;
}
