import { expect, it } from 'vitest';

import { uniqueNames } from './state.ts';

const local = (name: string, print: string) => ({ name, linkToken: `file:${name}~${print}` });

it('files of one name are named by their content, in whatever order they are opened', () => {
  const files = [local('a.db', '11111111'), local('b.db', '22222222'), local('a.db', '33333333')];
  expect(uniqueNames(files)).toEqual(['a.db~11111111', 'b.db', 'a.db~33333333']);
  expect(uniqueNames([...files].reverse())).toEqual(['a.db~33333333', 'b.db', 'a.db~11111111']);
});

it('remote ones by their address', () => {
  const remote = (host: string) => ({ name: 'a.db', linkToken: `https://${host}/a.db` });
  const [one, two] = uniqueNames([remote('one'), remote('two')]);
  expect(one).toMatch(/^a\.db~[0-9a-f]{8}$/);
  expect(two).not.toBe(one);
});
