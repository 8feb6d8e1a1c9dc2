import { copyFile, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { expect, test } from 'vitest';

import { twoBanks } from '../../e2e/fixtures/twoBanks.ts';
import { openNativeEngine } from '../engine/node/nativeEngine.ts';
import { sql } from '../lib/sql.ts';
import { writeFixture } from '../testing/fixtures/writeFixture.ts';
import { contentPrints, fingerprint, moreFormerPrints, printsOfFile } from './fingerprint.ts';
import { blockBytesOf, headBytes } from './header.ts';

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
  await contentPrints(head, sizeBytes, (at) => {
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
  const ranges = await contentPrints(head, a.size, (at, count) =>
    Promise.resolve(bytes.slice(at, at + count)),
  );
  expect(ranges).toEqual({ content: ofA.content, former: [] });
});

test('without one of its blocks the content is not known', async () => {
  const print = await contentPrints(head, headBytes + blockBytes, () => Promise.resolve(undefined));
  expect(print.content).toBeUndefined();
});

test('what links of before were made of is still known: up to 64 checksums, of every second block here', async () => {
  const sums = Array.from({ length: 50 }, (_, i) => new Array<number>(8).fill(2 * i)).flat();
  const large = file(100, (block) => block);
  expect(await moreFormerPrints(head, large)).toEqual([fingerprint(head, large.size, Uint8Array.from(sums))]);
  const small = file(3, (block) => block + 1);
  const ofAll = [1, 2, 3].flatMap((sum) => new Array<number>(8).fill(sum));
  expect((await printsOfFile(head, small)).content).toBe(
    fingerprint(head, small.size, Uint8Array.from(ofAll)),
  );
  expect(await moreFormerPrints(head, small)).toEqual([]);
});

/** A copy of a file in which one cost is another. */
async function withCost(path: string, name: string, cost: number): Promise<Uint8Array<ArrayBuffer>> {
  const copy = join(dirname(path), name);
  await copyFile(path, copy);
  const engine = await openNativeEngine();
  await engine.run([
    sql`ATTACH ${copy} AS copied`,
    sql`UPDATE copied.main.policy_evaluations SET new_cost = ${cost} WHERE iteration = 0 AND agent_id = 'BANK_A'`,
    sql`CHECKPOINT copied`,
    sql`DETACH copied`,
  ]);
  await engine.close();
  return new Uint8Array(await readFile(copy));
}

test('two files of small blocks that differ in one cost are told apart, and each from its links of before', async () => {
  const path = await writeFixture('B-V5', twoBanks('one'));
  const [a, b] = [await withCost(path, 'a.db', 4_321), await withCost(path, 'b.db', 4_322)];
  const [headA, headB] = [a.subarray(0, headBytes), b.subarray(0, headBytes)];
  expect([blockBytesOf(headA), a.length, Buffer.from(headA).equals(headB)]).toEqual([16_384, b.length, true]);
  const [ofA, ofB] = [await printsOfFile(headA, new Blob([a])), await printsOfFile(headB, new Blob([b]))];
  expect(ofA.content).not.toBe(ofB.content);
  const byRanges = await contentPrints(headA, a.length, (at, count) =>
    Promise.resolve(a.subarray(at, at + count)),
  );
  expect(byRanges).toEqual({ content: ofA.content, former: ofA.former });
  // As if blocks of 16 KiB were of 256 KiB: what links until then call either.
  const sums: number[] = [];
  for (let at = headBytes; at < a.length; at += blockBytes) sums.push(...a.subarray(at, at + 8));
  expect(ofA.former).toEqual([fingerprint(headA, a.length, Uint8Array.from(sums))]);
});

test('a host that does not give the first block is asked for no other', async () => {
  let asked = 0;
  const print = await contentPrints(head, headBytes + 5 * blockBytes, () => {
    asked += 1;
    return Promise.resolve(undefined);
  });
  expect([print.content, asked]).toEqual([undefined, 1]);
});
