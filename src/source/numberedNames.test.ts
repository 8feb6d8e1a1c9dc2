import { expect, it } from 'vitest';

import { isLogOf, namesOfDatabase, namesOfLog } from './wal.ts';

it('names that a download numbered belong together by their number', () => {
  expect(isLogOf('killed.db (1).wal', 'killed (1).db')).toBe(true);
  expect(isLogOf('killed (1).db.wal', 'killed.db (1)')).toBe(true);
  expect(isLogOf('killed.db(1).wal', 'killed(1).db')).toBe(true);
  expect(isLogOf('killed.db.wal', 'killed.db')).toBe(true);
  expect(isLogOf('killed.db.wal', 'killed (1).db')).toBe(false);
  expect(isLogOf('killed.db (2).wal', 'killed (1).db')).toBe(false);
  expect(isLogOf('killed.db(2).wal', 'killed(1).db')).toBe(false);
  expect(isLogOf('killed.db', 'killed.db')).toBe(false);
});

it('asks only for names that a file may have', () => {
  expect(namesOfLog('killed (1).db')).toEqual(['killed (1).db.wal', 'killed.db (1).wal']);
  expect(namesOfLog('killed(1).db')).toEqual(['killed(1).db.wal', 'killed.db(1).wal']);
  expect(namesOfLog('killed.db')).toEqual(['killed.db.wal']);
  expect(namesOfDatabase('killed.db (1)')).toEqual(['killed (1).db', 'killed.db']);
  expect(namesOfDatabase('killed.db(1)')).toEqual(['killed(1).db', 'killed.db']);
  expect(namesOfDatabase('killed (1).db')).toEqual(['killed (1).db']);
  expect(namesOfDatabase('killed.db')).toEqual(['killed.db']);
});
