import { expect, test } from 'vitest';

import { contentPrint, fingerprint, printsOfFile, readFormerSums } from './fingerprint.ts';
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
const head = new Uint8Array(headBytes);

/** Which blocks of a file are looked at. */
async function sampled(sizeBytes: number): Promise<number[]> {
  const blocks: number[] = [];
  await contentPrint(head, sizeBytes, (at) => {
    blocks.push((at - headBytes) / blockBytes);
    return Promise.resolve(new Uint8Array(8));
  });
  return blocks;
}

test('all blocks of a small file are looked at, of a large one eight, the first and the last among them', async () => {
  expect(await sampled(headBytes)).toEqual([]);
  expect(await sampled(headBytes + 4)).toEqual([]);
  expect(await sampled(headBytes + blockBytes)).toEqual([0]);
  expect(await sampled(headBytes + 8 * blockBytes)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(await sampled(headBytes + 100 * blockBytes)).toEqual([0, 14, 28, 42, 57, 71, 85, 99]);
});

test('two files of one head and size differ when a block differs; the same bytes are the same by whatever way', async () => {
  const [a, b] = [file(2, () => 1), file(2, (block) => block)];
  const [ofA, ofB] = [await printsOfFile(head, a), await printsOfFile(head, b)];
  expect(ofA.head).toBe(ofB.head);
  expect(ofA.content).not.toBe(ofB.content);
  const bytes = new Uint8Array(await a.arrayBuffer());
  const ranges = await contentPrint(head, a.size, (at, count) =>
    Promise.resolve(bytes.slice(at, at + count)),
  );
  expect(ranges).toBe(ofA.content);
});

test('without one of its blocks the content is not known', async () => {
  expect(await contentPrint(head, headBytes + blockBytes, () => Promise.resolve(undefined))).toBeUndefined();
});

test('what links of before were made of is still known: up to 64 checksums, of every second block here', async () => {
  const sums = await readFormerSums(file(100, (block) => block));
  expect(sums).toHaveLength(50 * 8);
  expect([sums[0], sums[8], sums.at(-1)]).toEqual([0, 2, 98]);
  const small = file(3, (block) => block + 1);
  const former = fingerprint(head, small.size, await readFormerSums(small));
  expect(await printsOfFile(head, small)).toMatchObject({ former, content: former });
});

test('a host that does not give the first block is asked for no other', async () => {
  let asked = 0;
  const print = await contentPrint(head, headBytes + 5 * blockBytes, () => {
    asked += 1;
    return Promise.resolve(undefined);
  });
  expect([print, asked]).toEqual([undefined, 1]);
});
