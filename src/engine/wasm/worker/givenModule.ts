/**
 * Hands the library the engine that the page has compiled (docs/decisions/0015-compiled-once.md). The library knows
 * one way to its engine: `fetch` of the address it was given, then `WebAssembly.instantiateStreaming` of the answer.
 */
import { givenModuleAddress, isOurs } from './protocol.ts';

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
