import { expect, test } from 'vitest';

import { readBlockSums } from './readHead.ts';
import { fingerprint } from './fingerprint.ts';
import { headBytes } from './header.ts';

const blockBytes = 262_144;

/** A file of so many blocks, each filled with what `fill` gives for it. */
function file(blocks: number, fill: (block: number) => number): Blob {
  const bytes = new Uint8Array(headBytes + blocks * blockBytes);
  for (let block = 0; block < blocks; block += 1) {
    bytes.fill(fill(block), headBytes + block * blockBytes, headBytes + (block + 1) * blockBytes);
  }
  return new Blob([bytes]);
}

test('the first eight bytes of every block of a small file', async () => {
  const sums = await readBlockSums(file(3, (block) => block + 1));
  expect([...sums]).toEqual([
    ...Array<number>(8).fill(1),
    ...Array<number>(8).fill(2),
    ...Array<number>(8).fill(3),
  ]);
});

test('at most 64 of a large one, spread over it', async () => {
  const sums = await readBlockSums(file(100, (block) => block));
  expect(sums).toHaveLength(50 * 8);
  expect(sums[8]).toBe(2);
  expect(sums.at(-1)).toBe(98);
});

test('nothing of a file without blocks', async () => {
  expect(await readBlockSums(new Blob([new Uint8Array(headBytes)]))).toHaveLength(0);
  expect(await readBlockSums(new Blob([]))).toHaveLength(0);
});

test('two files of one head and size have different fingerprints when a block differs', async () => {
  const head = new Uint8Array(headBytes);
  const [a, b] = await Promise.all([file(2, () => 1), file(2, (block) => block)].map(readBlockSums));
  expect(fingerprint(head, 100, a)).not.toBe(fingerprint(head, 100, b));
});
