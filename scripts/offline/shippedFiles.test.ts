import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { shippedFiles } from './serviceWorkerInBuild.ts';

it('lists all that is served but the worker, with a sum where the name holds none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'iterscope-test-'));
  await mkdir(join(folder, 'assets'));
  await mkdir(join(folder, '.vite'));
  for (const name of ['.vite/manifest.json', 'assets/index-Ab3_-xY9.js', 'serviceWorker.js', 'index.html'])
    await writeFile(join(folder, name), 'same');
  const before = await shippedFiles(folder);
  expect(before).toEqual([
    { url: 'assets/index-Ab3_-xY9.js', revision: null },
    { url: 'index.html', revision: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown },
  ]);
  await writeFile(join(folder, 'index.html'), 'another');
  expect((await shippedFiles(folder))[1]?.revision).not.toBe(before[1]?.revision);
  await rm(folder, { recursive: true });
});
