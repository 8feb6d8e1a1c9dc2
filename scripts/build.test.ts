import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { isBuildStale, replaceFolder } from './build.ts';

let checkout: string;
let dist: string;

/** Writes a file of a given age; its folder becomes as old as that. */
async function file(path: string, ageSeconds: number): Promise<void> {
  const full = join(checkout, path);
  const time = new Date(Date.UTC(2026, 0, 1) - ageSeconds * 1000);
  await mkdir(join(full, '..'), { recursive: true });
  await writeFile(full, '');
  await utimes(full, time, time);
  await utimes(join(full, '..'), time, time);
}

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'iterscope-test-'));
  dist = join(checkout, 'dist');
  await file('src/deep/a.ts', 100);
  await file('src/main.tsx', 100);
  await file('index.html', 100);
});
afterEach(() => rm(checkout, { recursive: true }));

it('is stale when nothing is built', async () => {
  expect(await isBuildStale(checkout, dist)).toBe(true);
});

it('is fresh when it is newer than everything it is made of', async () => {
  await file('dist/index.html', 50);
  expect(await isBuildStale(checkout, dist)).toBe(false);
});

it.each(['src/deep/a.ts', 'src/new/b.ts', 'public/icon.svg', 'vite.config.ts'])(
  'is stale when %s is newer',
  async (path) => {
    await file('dist/index.html', 50);
    await file(path, 10);
    expect(await isBuildStale(checkout, dist)).toBe(true);
  },
);

it('is stale when a source was deleted after it', async () => {
  await file('dist/index.html', 50);
  await rm(join(checkout, 'src', 'deep', 'a.ts'));
  expect(await isBuildStale(checkout, dist)).toBe(true);
});

it('leaves what is served whole until the new build stands, and for good where that fails', async () => {
  await file('dist/old.js', 50);
  const aside = join(checkout, '.cache', 'build-1');
  await replaceFolder(dist, aside, async (path) => {
    await file('.cache/build-1/new.js', 0);
    expect(path).toBe(aside);
    expect(await readdir(dist)).toEqual(['old.js']);
  });
  expect(await readdir(dist)).toEqual(['new.js']);
  await expect(replaceFolder(dist, aside, () => Promise.reject(new Error('no build')))).rejects.toThrow(
    'no build',
  );
  expect(await readdir(dist)).toEqual(['new.js']);
  expect(await readdir(join(checkout, '.cache'))).toEqual([]);
});
