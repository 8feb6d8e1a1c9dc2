/** Bundles the service worker beside the built page, with the list of all that was built. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

import { build, type Plugin } from 'vite';

import { repositoryFolder } from '../paths.ts';
import { cacheControl } from '../serve/staticFiles.ts';

interface ShippedFile {
  /** Relative to the page. */
  readonly url: string;
  /** A sum of the bytes; null where the name holds one already. */
  readonly revision: string | null;
}

const workerFile = 'serviceWorker.js';

/**
 * Every file of a built folder by name, and the worker itself excepted: a browser has ways of its own to see that it has
 * changed. What is hidden is not served.
 */
export async function shippedFiles(folder: string): Promise<readonly ShippedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const urls = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((url) => url !== workerFile && !/(^|\/)\./.test(url))
    .sort();
  return Promise.all(
    urls.map(async (url) => ({
      url,
      revision: cacheControl(`/${url}`).includes('immutable') ? null : await sumOf(join(folder, url)),
    })),
  );
}

const sumOf = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
    .slice(0, 16);

/** Adds `serviceWorker.js` to a build, when all else is written. */
export function serviceWorkerInBuild(): Plugin {
  return {
    name: 'service-worker-in-build',
    apply: 'build',
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler({ dir }) {
        if (dir === undefined) throw new Error('the build has no folder for the service worker');
        await build({
          configFile: false,
          root: repositoryFolder,
          logLevel: 'warn',
          define: { shippedFiles: JSON.stringify(await shippedFiles(dir)) },
          build: {
            target: 'es2022',
            outDir: dir,
            emptyOutDir: false,
            copyPublicDir: false,
            rolldownOptions: {
              input: join(repositoryFolder, 'src', 'app', 'offline', 'serviceWorker.ts'),
              // One classic script: not every browser starts a service worker that is a module.
              output: { format: 'iife', entryFileNames: workerFile },
            },
          },
        });
      },
    },
  };
}
