import { readdir, stat } from 'node:fs/promises';
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

/** Builds when that is needed; says so first. */
export async function ensureBuild(checkout: string, dist: string): Promise<void> {
  if (!(await isBuildStale(checkout, dist))) return;
  console.log('Building ...');
  await build({ root: checkout, logLevel: 'warn', build: { outDir: dist, emptyOutDir: true } });
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
