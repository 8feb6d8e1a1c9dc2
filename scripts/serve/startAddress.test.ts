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
