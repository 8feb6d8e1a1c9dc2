import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { repositoryFolder } from '../paths.ts';
import { licences, licenceText } from './licences.ts';

test('every dependency of the page is listed, under a licence that allows it to be shipped', () => {
  const all = licences();
  const { dependencies } = JSON.parse(readFileSync(join(repositoryFolder, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const names = all.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(Object.keys(dependencies)));
  expect(names).not.toContain('vitest');
  const free =
    /^\(?(MIT|ISC|0BSD|Apache-2\.0|BSD-[23]-Clause|OFL-1\.1|CC0-1\.0|Unlicense|Python-2\.0|BlueOak-1\.0\.0)\b/;
  expect(
    all.filter(({ licence }) => !free.test(licence)).map(({ name, licence }) => `${name}: ${licence}`),
  ).toEqual([]);
  expect(licenceText(all)).toMatch(/^react \d+\.\d+\.\d+: MIT$/m);
});
