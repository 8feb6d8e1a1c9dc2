import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { cacheFolder } from '../paths.ts';
import { namedIn } from './engineExports.ts';
import { trimExports } from './trimExports.ts';

/**
 * Global set-up of Vitest: the tests in Node run, as the page does, on the engine without the exports that nobody asks
 * for (`engineExports`). Linking 78,150 of them costs each engine a second of processor time.
 */
export async function setup(): Promise<void> {
  // The set-up of the other project has been here.
  if (process.env.ITERSCOPE_ENGINE !== undefined) return;
  const { resolve } = createRequire(import.meta.url);
  const script = await readFile(resolve('@duckdb/duckdb-wasm/dist/duckdb-node-blocking.cjs'), 'utf8');
  const published = await readFile(resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm'));
  await mkdir(cacheFolder, { recursive: true });
  const path = join(cacheFolder, 'engineForTests.wasm');
  // Complete at once, for another run beside this one.
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, trimExports(published, namedIn(script)));
  await rename(unfinished, path);
  process.env.ITERSCOPE_ENGINE = path;
}
