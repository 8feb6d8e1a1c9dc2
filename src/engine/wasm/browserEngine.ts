/** The WASM build in a worker of its own. One engine serves one set of files; a new set boots another. */
import * as duckdb from '@duckdb/duckdb-wasm';
import libraryUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';

import { join, type Sql } from '../../lib/sql.ts';
import type { RemoteFile } from '../../source/remote/fault.ts';
import { answerStatements } from '../answerStatements.ts';
import { arrowResult, type BatchLike } from '../arrowTable.ts';
import type { Engine, ResultTable } from '../engine.ts';
import { EngineError, toEngineError } from '../errors.ts';
import { hardeningStatements } from '../hardening.ts';
import { compiledEngine, type BootProgress } from './compiledEngine.ts';
import { remoteFilesOf } from './remote/remoteFiles.ts';
import { startWorker } from './startWorker.ts';
import workerUrl from './worker/engineWorker.ts?worker&url';
import { givenModuleAddress, type GivenModule } from './worker/protocol.ts';

export interface BrowserEngine extends Engine {
  /** Makes a local file readable under `name`, by handle: nothing is copied. */
  registerFile(name: string, file: Blob): Promise<void>;
  /** Makes a remote file readable under `name`, by HTTP ranges, as long as it stays in this state. */
  registerRemote(name: string, file: RemoteFile): Promise<void>;
  /** Ends the worker at once; whatever was asked rejects as `crashed` with this message. */
  terminate(message: string): void;
  /** Resolves once, when the engine cannot be used any more. */
  readonly ended: Promise<EngineError>;
}

/** Boots an engine, hardened and empty; rejects with `EngineFileError` when its files cannot be had. */
export async function bootBrowserEngine(
  onProgress?: (progress: BootProgress) => void,
): Promise<BrowserEngine> {
  const startedAtMs = performance.now();
  const compiling = compiledEngine(onProgress);
  const { worker, ready, stop } = startWorker(
    new URL(workerUrl, location.href).href,
    new URL(libraryUrl, location.href).href,
  );
  try {
    const [module] = await Promise.all([compiling, ready]);
    const given: GivenModule = { iterscope: 'module', module };
    worker.postMessage(given);
    const engine = await openEngine(worker);
    // For whoever measures: how many engines a page has started, and how long each took (docs/performance.md).
    performance.measure('engine start', { start: startedAtMs });
    return engine;
  } catch (cause) {
    stop();
    throw cause;
  }
}

/** An engine in a worker that runs and has been given the compiled module. */
async function openEngine(worker: Worker): Promise<BrowserEngine> {
  const remote = remoteFilesOf(worker);
  const db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
  let end: (failure: EngineError) => void = () => undefined;
  const ended = new Promise<EngineError>((resolve) => {
    end = resolve;
  });
  // The library forgets what was asked when its worker fails, so its promises would never settle.
  worker.addEventListener('error', (event) => {
    end(new EngineError('crashed', event.message || 'the engine’s worker failed', ''));
  });
  const alive = <T>(answer: Promise<T>): Promise<T> =>
    Promise.race([
      answer,
      ended.then((failure) => {
        throw failure;
      }),
    ]);

  await alive(db.instantiate(givenModuleAddress));
  await alive(
    db.open({
      path: ':memory:',
      // forceFullHTTPReads is true by default and would download a remote file whole.
      filesystem: { reliableHeadRequests: true, allowFullHTTPReads: true, forceFullHTTPReads: false },
    }),
  );

  // A statement has a connection to itself, so that cancelling it touches no other; connections are used again.
  const idle: duckdb.AsyncDuckDBConnection[] = [];
  async function withConnection<T>(
    work: (connection: duckdb.AsyncDuckDBConnection) => Promise<T>,
  ): Promise<T> {
    const connection = idle.pop() ?? (await db.connect());
    const result = await work(connection);
    idle.push(connection);
    return result;
  }

  async function send(statement: Sql, signal: AbortSignal | undefined): Promise<ResultTable> {
    return withConnection(async (connection) => {
      const cancel = (): void => void connection.cancelSent();
      signal?.addEventListener('abort', cancel, { once: true });
      try {
        const reader = await connection.send(statement.text);
        await reader.open();
        // Read before the batches: a reader that came to its end has forgotten its schema.
        const names = columnNames(reader);
        const batches: BatchLike[] = [];
        for await (const batch of reader) batches.push(batch as BatchLike);
        return arrowResult(names, batches);
      } finally {
        signal?.removeEventListener('abort', cancel);
      }
    });
  }

  async function guarded<T>(sqlText: string, work: Promise<T>): Promise<T> {
    try {
      return await alive(work);
    } catch (cause) {
      const failure = remote.explain(toEngineError(cause, sqlText));
      if (failure.kind === 'crashed') end(failure);
      throw failure;
    }
  }

  const engine: BrowserEngine = {
    version: await alive(db.getVersion()),
    ended,
    ...answerStatements((statement, signal) => guarded(statement.text, send(statement, signal))),
    async run(statements) {
      const script = join(statements, ';\n').text;
      await guarded(
        script,
        withConnection((connection) => connection.query(script)),
      );
    },
    async registerFile(name, file) {
      await alive(db.registerFileHandle(name, file, duckdb.DuckDBDataProtocol.BROWSER_FILEREADER, true));
    },
    async registerRemote(name, file) {
      const address = remote.register(name, file);
      await alive(db.registerFileURL(name, address, duckdb.DuckDBDataProtocol.HTTP, false));
    },
    terminate(message) {
      end(new EngineError('crashed', message, ''));
      worker.terminate();
    },
    close() {
      engine.terminate('closed');
      return Promise.resolve();
    },
  };
  await engine.run(hardeningStatements);
  return engine;
}

/** Typed as always there, but a statement without a result (`SET`, `ATTACH`) has no schema. */
function columnNames(reader: {
  readonly schema?: { readonly fields: readonly { readonly name: string }[] };
}): string[] {
  return reader.schema?.fields.map((field) => field.name) ?? [];
}
