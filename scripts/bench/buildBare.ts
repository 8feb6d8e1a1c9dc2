import { join } from 'node:path';

import { build } from 'vite';

import { cacheFolder } from '../paths.ts';

/** Builds the page with the engine alone, as the app is built; gives its folder. */
export async function buildBare(): Promise<string> {
  const folder = join(cacheFolder, 'bare');
  await build({
    root: join(import.meta.dirname, 'bare'),
    base: './',
    configFile: false,
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 1500 },
  });
  return folder;
}
