/** What page and worker say to each other besides the library's own messages, which have no `iterscope`. */

/** From the worker: its script has arrived and runs. */
export const workerReady = { iterscope: 'ready' } as const;

/** From the worker: the library's script did not arrive, or does not run. */
export interface WorkerFailed {
  readonly iterscope: 'failed';
  readonly message: string;
}

/** To the worker, before the library is told to start: the engine as the page has compiled it. */
export interface GivenModule {
  readonly iterscope: 'module';
  readonly module: WebAssembly.Module;
}

/** The address under which the library in the worker asks for its engine; nothing is fetched from it. */
export const givenModuleAddress = 'given:module';

/** Whether a message is one of these, and none of the library's. */
export function isOurs(data: unknown): data is typeof workerReady | WorkerFailed | GivenModule {
  return typeof data === 'object' && data !== null && 'iterscope' in data;
}
