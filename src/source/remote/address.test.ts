import { expect, test } from 'vitest';

import { privateHost } from './address.ts';

test.each([
  ['127.0.0.1:4173', 'on this machine'],
  ['localhost:80', 'on this machine'],
  ['[::1]:80', 'on this machine'],
  ['10.1.2.3', 'in a private network'],
  ['172.16.0.1', 'in a private network'],
  ['172.32.0.1', undefined],
  ['192.168.0.5:8000', 'in a private network'],
  ['[fd00::1]', 'in a private network'],
  ['nas', 'in a private network'],
  ['nas.local', 'in a private network'],
  ['data.example.org', undefined],
  ['8.8.8.8', undefined],
])('%s: %s', (host, where) => {
  expect(privateHost(host)).toBe(where);
});
