import { answerStatements } from '../engine/answerStatements.ts';
import { EngineError, toEngineError } from '../engine/errors.ts';
import { bootBlockingEngine, type BlockingEngine } from '../engine/wasm/blockingEngine.ts';
import type { BrowserEngine } from '../engine/wasm/browserEngine.ts';

/** The browser's build in Node, which can be made to fail as the browser's engine fails. */
export interface FaultyEngine extends BrowserEngine {
  /** The next statement fails with these words of the engine; a trap ends it. */
  failNext(message: string): void;
}

/** Only faults are made up: everything else is answered by the real engine, booted when it is first needed. */
export function faultyEngine(): FaultyEngine {
  let booting: Promise<BlockingEngine> | undefined;
  const real = () => (booting ??= bootBlockingEngine());
  let end: (failure: EngineError) => void = () => undefined;
  const ended = new Promise<EngineError>((resolve) => {
    end = resolve;
  });
  let fault: string | undefined;
  let lost: EngineError | undefined;
  const lose = (failure: EngineError): EngineError => {
    lost ??= failure;
    end(failure);
    void booting?.then((engine) => engine.close());
    return failure;
  };
  return {
    version: 'faulty',
    ended,
    newFile: (name) => Promise.resolve(name),
    takeFile: () => Promise.reject(new Error('writes nothing')),
    failNext(message) {
      fault = message;
    },
    ...answerStatements(async (statement, signal) => {
      if (lost !== undefined) throw lost;
      if (fault === undefined) return (await real()).query(statement, signal);
      const failure = toEngineError(new Error(fault), statement.text);
      fault = undefined;
      throw failure.kind === 'crashed' ? lose(failure) : failure;
    }),
    run: async (statements) => (await real()).run(statements),
    async registerFile(name, file) {
      if (fault === undefined) (await real()).register(name, new Uint8Array(await file.arrayBuffer()));
    },
    registerRemote: () => Promise.reject(new Error('no network in a test')),
    allowSilence: () => undefined,
    outstandingRead: () => undefined,
    release: () => Promise.resolve(),
    terminate(message) {
      lose(new EngineError('crashed', message, ''));
    },
    close: async () => (await real()).close(),
  };
}
