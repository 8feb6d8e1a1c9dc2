/**
 * The worker that an engine runs in: the library's own worker script, byte for byte, in a global scope prepared for it.
 * The library is loaded last, so whatever it is to find changed (its way to the compiled engine, its requests) is changed
 * here or in a module imported here.
 */
import libraryUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';

import { givenModuleAddress, isOurs, workerReady, type Alive, type WorkerFailed } from './protocol.ts';
import './remoteReads.ts';
import './writtenFiles.ts';

/**
 * Hands the library the engine that the page has compiled (docs/decisions/0015-compiled-once.md). The library knows
 * one way to its engine: `fetch` of the address it was given, then `WebAssembly.instantiateStreaming` of the answer.
 */
let given: WebAssembly.Module | undefined;

addEventListener('message', (event: MessageEvent<unknown>) => {
  if (!isOurs(event.data) || event.data.iterscope !== 'module') return;
  // The library would answer it as a request that it does not know.
  event.stopImmediatePropagation();
  given = event.data.module;
});

const fetchOverNetwork = globalThis.fetch;
globalThis.fetch = (input, init) =>
  input instanceof Request && input.url === givenModuleAddress
    ? Promise.resolve(new Response())
    : fetchOverNetwork(input, init);

WebAssembly.instantiateStreaming = async (_answer, imports) => {
  try {
    if (given === undefined) throw new Error('the worker was told to start before it was given an engine');
    return { module: given, instance: await WebAssembly.instantiate(given, imports) };
  } catch (cause) {
    // The library does not listen for a failure and would wait for ever; an uncaught error reaches the page.
    reportError(cause);
    throw cause;
  }
};

/**
 * How the page learns that this worker is gone or stuck, as a worker that ends says nothing. It holds a lock that the
 * browser lets go of when it ends for whatever reason, and answers whenever the engine comes back from a step.
 */
addEventListener('message', (event: MessageEvent<unknown>) => {
  if (!isOurs(event.data) || event.data.iterscope !== 'are you there') return;
  event.stopImmediatePropagation();
  postMessage({ iterscope: 'alive' } satisfies Alive);
});

/** Resolves when the lock of this worker's name is held; at once where a page has no locks (http on another machine). */
const holdingLock = new Promise<void>((resolve) => {
  const { locks } = navigator as { readonly locks?: LockManager };
  if (locks === undefined) {
    resolve();
    return;
  }
  void locks
    .request(self.name, () => {
      resolve();
      return new Promise(() => undefined);
    })
    .catch(() => resolve());
});

try {
  // Run for what it does to the global scope; it exports nothing.
  await import(/* @vite-ignore */ new URL(libraryUrl, location.href).href);
  await holdingLock;
  postMessage(workerReady);
} catch (cause) {
  const failed: WorkerFailed = { iterscope: 'failed', message: String(cause) };
  postMessage(failed);
}
