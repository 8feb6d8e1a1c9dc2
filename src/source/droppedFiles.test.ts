import { expect, it } from 'vitest';

import { fingerprint } from './fingerprint.ts';
import { pairWals } from './droppedFiles.ts';

const named = (name: string): File => new File(['x'], name);

it('gives each database the log of its exact name, whatever the order', () => {
  const { sources, strayWals } = pairWals([
    named('b.db.wal'),
    named('a.db'),
    named('b.db'),
    named('c.db.wal'),
  ]);
  expect(sources.map((source) => [source.name, source.wal?.name])).toEqual([
    ['a.db', undefined],
    ['b.db', 'b.db.wal'],
  ]);
  expect(strayWals.map((wal) => wal.name)).toEqual(['c.db.wal']);
});

it('pairs what a download numbered alike, and nothing else', () => {
  const walOf = (database: string, wal: string): string | undefined =>
    pairWals([named(database), named(wal)]).sources.find(({ name }) => name === database)?.wal?.name;
  expect(walOf('killed (1).db', 'killed (1).db.wal')).toBe('killed (1).db.wal');
  expect(walOf('killed (1).db', 'killed.db (1).wal')).toBe('killed.db (1).wal');
  expect(walOf('killed (1).db', 'killed.db (2).wal')).toBeUndefined();
  expect(walOf('killed.db', 'killed.db (1).wal')).toBeUndefined();
  expect(walOf('killed (1).db', 'killed.db.wal')).toBeUndefined();
});

it('leaves logs that DuckDB set aside alone', () => {
  const { sources, strayWals } = pairWals([named('a.db'), named('a.db.wal.checkpoint')]);
  expect(sources.map(({ wal }) => wal)).toEqual([undefined]);
  expect(strayWals.map(({ name }) => name)).toEqual(['a.db.wal.checkpoint']);
});

it('tells two files of one size apart by their head, and of one head by their size', () => {
  const head = new Uint8Array([1, 2, 3]);
  expect(fingerprint(head, 100)).toMatch(/^[0-9a-f]{8}$/);
  expect(fingerprint(head, 100)).toBe(fingerprint(new Uint8Array([1, 2, 3]), 100));
  expect(fingerprint(head, 100)).not.toBe(fingerprint(head, 101));
  expect(fingerprint(head, 100)).not.toBe(fingerprint(new Uint8Array([1, 2, 4]), 100));
});
