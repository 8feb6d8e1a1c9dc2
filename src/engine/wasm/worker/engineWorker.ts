/**
 * The worker that an engine runs in: the library's own worker script, byte for byte, in a global scope prepared for it.
 * The imports run first, in the order in which they are written, so whatever the library is to find changed (its way to
 * the compiled engine, its requests) is a module imported here.
 */
import libraryUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';

import './givenModule.ts';
import './remoteReads.ts';
import './writtenFiles.ts';
import { workerReady, type WorkerFailed } from './protocol.ts';
import { holdingLock } from './signOfLife.ts';

try {
  // Run for what it does to the global scope; it exports nothing.
  await import(/* @vite-ignore */ new URL(libraryUrl, location.href).href);
  await holdingLock;
  postMessage(workerReady);
} catch (cause) {
  const failed: WorkerFailed = { iterscope: 'failed', message: String(cause) };
  postMessage(failed);
}
