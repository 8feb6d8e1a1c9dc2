import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { repositoryFolder } from '../paths.ts';
import { specsOfFolder, touchedSpecs } from './touched.ts';

const all = readdirSync(join(repositoryFolder, 'e2e')).flatMap((name) =>
  name.endsWith('.spec.ts') ? [name.replace('.spec.ts', '')] : [],
);

it.each(specsOfFolder)('%s and its specs are there', (folder, specs) => {
  expect(existsSync(join(repositoryFolder, folder))).toBe(true);
  expect(all).toEqual(expect.arrayContaining([...specs]));
});

it('names the specs of a folder, a changed spec, all for what everything stands on, none for words and unit tests', () => {
  expect(touchedSpecs(['src/views/policies/PoliciesView.tsx'], all)).toEqual(['looks', 'policies']);
  expect(touchedSpecs(['src/views/policies/a.ts', 'e2e/remote.spec.ts'], all)).toEqual([
    'looks',
    'policies',
    'remote',
  ]);
  expect(touchedSpecs(['src/lib/sql.ts'], all)).toEqual(all);
  expect(touchedSpecs(['e2e/support/app.ts'], all)).toEqual(all);
  expect(touchedSpecs(['README.md', 'docs/wire.json', 'src/lib/sql.test.ts'], all)).toEqual([]);
});
