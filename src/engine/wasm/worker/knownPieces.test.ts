import { expect, it } from 'vitest';

import { RangeReader, type Answer } from './remoteRequests.ts';

const page = 16_384;
const readableBytes = 100 * page;
/** Each byte says on which page it stands. */
const bytesOf = (first: number, end: number): Uint8Array =>
  Uint8Array.from({ length: end - first }, (_, i) => Math.floor((first + i) / page));

/** A host with such a file, of which the first page is known, and the ranges that it was asked for, in pages. */
function reader(blockBytes = 262_144) {
  const asked: (readonly [number, number])[] = [];
  const ask = (_url: string, range: string): Answer => {
    const [first = 0, last = 0] = (/(\d+)-(\d+)/.exec(range) ?? []).slice(1).map(Number);
    asked.push([first / page, (last + 1) / page]);
    return { status: 206, header: () => undefined, body: bytesOf(first, last + 1) };
  };
  const file = {
    url: 'https://host/a.db',
    readableBytes,
    blockBytes,
    state: { etag: undefined, lastModified: undefined, sizeBytes: readableBytes },
    pieces: [{ first: 0, bytes: bytesOf(0, page) }],
  };
  const ranges = new RangeReader(file, ask);
  const read = (first: number, end: number): void => {
    const got = ranges.read(first * page, end * page - 1);
    const isRight = got.ok && Buffer.from(bytesOf(first * page, end * page)).equals(got.bytes);
    expect(isRight, `pages ${first} to ${end}`).toBe(true);
  };
  return { asked, read };
}

it('a block is asked for at once, in the steps of the engine to what is known already', () => {
  const { asked, read } = reader();
  for (const [first, end] of [
    [0, 1],
    [16, 17],
    [17, 21],
    [21, 37],
    // The block before it, of which the first page is known: up to what was read.
    [1, 5],
    [5, 21],
  ] as const)
    read(first, end);
  expect(asked).toEqual([
    [16, 37],
    [1, 16],
  ]);
});

it('a read over what is known and what is not has every byte in its place', () => {
  const { asked, read } = reader();
  read(40, 41);
  read(30, 70);
  read(60, 63);
  read(0, 3);
  expect(asked).toEqual([
    [40, 61],
    [30, 70],
    [61, 63],
    [1, 3],
  ]);
});

it('nothing is asked for beyond the end, nor ahead of small blocks', () => {
  const atEnd = reader();
  atEnd.read(95, 96);
  atEnd.read(96, 100);
  expect(atEnd.asked).toEqual([[95, 100]]);
  const small = reader(16_384);
  small.read(40, 41);
  small.read(41, 45);
  expect(small.asked).toEqual([
    [40, 41],
    [41, 45],
  ]);
});

it('only the last pieces that were read ahead are kept', () => {
  const { asked, read } = reader();
  for (const first of [2, 24, 46, 68, 90]) read(first, first + 1);
  read(90, 95);
  read(2, 3);
  expect(asked.map(([first]) => first)).toEqual([2, 24, 46, 68, 90, 2]);
});
