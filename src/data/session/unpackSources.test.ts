import { expect, it } from 'vitest';

import type { FileSource } from '../../source/source.ts';
import { joinLogs } from './unpackSources.ts';

const file = (name: string): File => new File(['x'], name);
const source = (name: string, wal?: string): FileSource => ({
  kind: 'file',
  name,
  file: file(name),
  wal: wal === undefined ? undefined : file(wal),
});

/** Databases with their logs, and the logs that are left, by name. */
function joined(sources: readonly FileSource[], logs: readonly string[], earlier: readonly string[] = []) {
  const all = joinLogs(sources, logs.map(file), earlier.map(file));
  return [
    ...all.sources.map((each) => [each.name, each.kind === 'file' ? each.wal?.name : undefined]),
    all.strayWals.map(({ name }) => name),
  ];
}

it('a log joins the only database of its name', () => {
  expect(joined([source('a.db'), source('b.db')], ['a.db.wal', 'c.db.wal'])).toEqual([
    ['a.db', 'a.db.wal'],
    ['b.db', undefined],
    ['c.db.wal'],
  ]);
});

it('one of two databases of its name is not guessed, and a log that is there already stays', () => {
  expect(joined([source('a.db'), source('a.db')], ['a.db.wal'])).toEqual([
    ['a.db', undefined],
    ['a.db', undefined],
    ['a.db.wal'],
  ]);
  expect(joined([source('a.db', 'a.db.wal')], ['a.db.wal'])).toEqual([['a.db', 'a.db.wal'], ['a.db.wal']]);
});

it('else the database handed over earlier is opened again with it', () => {
  expect(joined([], ['a.db.wal'], ['a.db', 'b.db'])).toEqual([['a.db', 'a.db.wal'], []]);
});
