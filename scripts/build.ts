import { existsSync } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { build } from 'vite';

/** What a build is made of, below the checkout. */
const sources = [
  'src',
  'public',
  'index.html',
  'vite.config.ts',
  'scripts/engine',
  'scripts/serve/contentSecurityPolicy.ts',
  'scripts/licences',
  'scripts/offline',
  'tsconfig.json',
  'package-lock.json',
];
const notBuilt = /\.test\.tsx?$/;

/** Whether `dist` is missing or older than something it is made of. */
export async function isBuildStale(checkout: string, dist: string): Promise<boolean> {
  const builtAtMs = (await modifiedAtMs(join(dist, 'index.html'))) ?? -Infinity;
  for (const source of sources) {
    if ((await newestAtMs(join(checkout, source))) > builtAtMs) return true;
  }
  return builtAtMs === -Infinity;
}

/** Builds when that is needed; says so first. A `dist` that is being served stays whole until the new one stands. */
export async function ensureBuild(checkout: string, dist: string): Promise<void> {
  if (!(await isBuildStale(checkout, dist))) return;
  console.log('Building ...');
  await replaceFolder(dist, join(checkout, '.cache', `build-${process.pid}`), (outDir) =>
    build({ root: checkout, logLevel: 'warn', build: { outDir, emptyOutDir: true } }),
  );
}

/** Has a folder made at `aside`, on the same disk, and puts it in the place of `folder`; a failure leaves that as it is. */
export async function replaceFolder(
  folder: string,
  aside: string,
  make: (path: string) => Promise<unknown>,
): Promise<void> {
  const before = `${aside}-before`;
  try {
    await make(aside);
    if (existsSync(folder)) await rename(folder, before);
    await rename(aside, folder);
  } finally {
    await rm(aside, { recursive: true, force: true });
    await rm(before, { recursive: true, force: true });
  }
}

async function newestAtMs(path: string): Promise<number> {
  const ownMs = (await modifiedAtMs(path)) ?? -Infinity;
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => []);
  // Folders count too: their time changes when a file in them is added or deleted.
  const times = entries
    .filter((entry) => !notBuilt.test(entry.name))
    .map((entry) => modifiedAtMs(join(entry.parentPath, entry.name)));
  return Math.max(ownMs, ...(await Promise.all(times)).map((time) => time ?? -Infinity));
}

async function modifiedAtMs(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return undefined;
  }
}
