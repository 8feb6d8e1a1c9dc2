import { expect, it } from 'vitest';

import { startAddress } from './startAddress.ts';

it('is the sample without files', () => {
  expect(startAddress('http://127.0.0.1:4173', [])).toBe('http://127.0.0.1:4173/#/experiments?db=sample');
});

it('names every file by its whole address, so that reading the link gives the addresses back', () => {
  const paths = ['/files/0a/a%20%26%20b.db', '/files/0b/c.db'];
  const address = startAddress('http://127.0.0.1:4173', paths);
  expect(address.startsWith('http://127.0.0.1:4173/#/experiments?db=http%3A%2F%2F')).toBe(true);
  const search = new URLSearchParams(address.slice(address.lastIndexOf('?')));
  expect(search.getAll('db')).toEqual(paths.map((path) => `http://127.0.0.1:4173${path}`));
});

it('names twenty files of a full folder, and of an empty one the folder, whose first file opens by itself', () => {
  const many = Array.from({ length: 30 }, (_, i) => `/files/0a/${i}.db`);
  const search = new URLSearchParams(startAddress('http://h', many, ['/files/0a/']).split('?')[1]);
  expect(search.getAll('db')).toEqual(many.slice(0, 20).map((path) => `http://h${path}`));
  expect(startAddress('http://h', [], ['/files/0a/'])).toBe(
    'http://h/#/?folder=http%3A%2F%2Fh%2Ffiles%2F0a%2F',
  );
});
