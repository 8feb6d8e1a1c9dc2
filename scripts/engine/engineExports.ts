import { readFileSync } from 'node:fs';

import type { Plugin } from 'vite';

import { trimExports } from './trimExports.ts';

const engine = '/duckdb-eh.wasm?url';

/** The library's worker script, which stands beside the engine. */
const workerScript = 'duckdb-browser-eh.worker.js';

/**
 * Leaves those exports of the engine in the build that the library's worker script can ask for. The other 77,961 of
 * 78,150 are there for extensions that are loaded at run time, and the app loads none; but each costs a slot, a function and a
 * name in every engine that starts (docs/decisions/0019-exports-for-extensions.md).
 */
export function engineExports(): Plugin {
  return {
    name: 'engine-exports',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      if (!id.endsWith(engine)) return undefined;
      const path = id.replace(/\?url$/, '');
      const script = readFileSync(new URL(workerScript, `file://${path}`), 'utf8');
      const reference = this.emitFile({
        type: 'asset',
        name: 'duckdb-eh.wasm',
        originalFileName: path,
        source: trimExports(readFileSync(path), namedIn(script)),
      });
      return `export default import.meta.ROLLUP_FILE_URL_${reference};`;
    },
  };
}

/** Whether a script names an export: as it is, or with the underscore that the library puts before it. */
export function namedIn(script: string): (name: string) => boolean {
  const words = new Set(script.match(/[\w$]+/g));
  return (name) => words.has(name) || words.has(`_${name}`);
}
