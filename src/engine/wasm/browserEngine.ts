/** The WASM build in a worker of its own. */
import * as duckdb from '@duckdb/duckdb-wasm';
import libraryUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import { join, type Sql } from '../../lib/sql.ts';
import type { RemoteFile } from '../../source/remote/fault.ts';
import { answerStatements } from '../answerStatements.ts';
import { arrowResult, type BatchLike } from '../arrowTable.ts';
import { EngineError, EngineFileError, toEngineError, type FailedRead } from '../errors.ts';
import { type Engine, type ResultTable, hardeningStatements } from '../engine.ts';
import { compiledEngine, type BootProgress, answerOf, watchedFetch } from './compiledEngine.ts';
import workerUrl from './worker/engineWorker.ts?worker&url';
import {
  givenModuleAddress,
  isOurs,
  type AreYouThere,
  type GivenModule,
  type RemoteFileGiven,
  engineAddress,
} from './worker/protocol.ts';
import { writtenFilesOf } from './writtenFilesOf.ts';

/** A range (`bytes=0-99`) of a registered file that its host has not answered yet. */
export interface OutstandingRead {
  readonly name: string;
  readonly range: string;
}

export interface BrowserEngine extends Engine {
  /** Makes a local file readable under `name`, by handle: nothing is copied. */
  registerFile(name: string, file: Blob): Promise<void>;
  /** Makes a remote file readable under `name`, by HTTP ranges, as long as it stays in this state. */
  registerRemote(name: string, file: RemoteFile): Promise<void>;
  /** Makes room for a new database; gives the path under which it can be attached for writing. */
  newFile(name: string): Promise<string>;
  /** What the engine has written into a new database and detached; it is gone from the engine then. */
  takeFile(name: string): Promise<Blob>;
  /** Lets go of a file that is not attached any more. */
  release(name: string): Promise<void>;
  /** From now on a silent worker is not ended: whoever asks it has a time limit, and a statement may keep it busy. */
  allowSilence(): void;
  /** Ends the worker at once; whatever was asked rejects as `crashed` with this message. */
  terminate(message: string): void;
  /** The read of a remote file that the engine waits for now; the same object as long as it is the same read. */
  outstandingRead(): OutstandingRead | undefined;
  /** Resolves once, when the engine cannot be used any more. */
  readonly ended: Promise<EngineError>;
}

/** Boots an engine, hardened and empty; rejects with `EngineFileError` when its files cannot be had. */
export async function bootBrowserEngine(
  onProgress?: (progress: BootProgress) => void,
): Promise<BrowserEngine> {
  const startedAtMs = performance.now();
  const compiling = compiledEngine(onProgress);
  const { worker, lockName, ready, stop } = startWorker(
    new URL(workerUrl, location.href).href,
    new URL(libraryUrl, location.href).href,
  );
  try {
    const [module] = await Promise.all([compiling, ready]);
    const given: GivenModule = { iterscope: 'module', module };
    worker.postMessage(given);
    const engine = await openEngine(worker, lockName);
    // For whoever measures: how many engines a page has started, and how long each took (docs/performance.md).
    performance.measure('engine start', { start: startedAtMs });
    return engine;
  } catch (cause) {
    stop();
    throw cause;
  }
}

/** An engine in a worker that runs and has been given the compiled module. */
async function openEngine(worker: Worker, lockName: string): Promise<BrowserEngine> {
  const remote = remoteFilesOf(worker);
  let mayBeSilent = false;
  const signs = signsOf(worker, () => mayBeSilent || remote.outstanding() !== undefined);
  const written = writtenFilesOf(worker);
  const db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
  let end: (failure: EngineError) => void = () => undefined;
  const ended = new Promise<EngineError>((resolve) => {
    end = resolve;
  });
  // The library forgets what was asked when its worker fails, so its promises would never settle.
  worker.addEventListener('error', (event) => {
    end(new EngineError('crashed', event.message || 'the engine’s worker failed', ''));
  });
  void whenGone(lockName).then(() => {
    end(new EngineError('crashed', 'the browser has ended the engine’s worker', ''));
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
    try {
      const result = await work(connection);
      idle.push(connection);
      return result;
    } catch (cause) {
      // A cancelled statement leaves its transaction open, and what it was making locked; closing rolls it back. Not
      // waited for: the worker closes it before it takes the next question, and one that failed may never answer.
      connection.close().catch(() => engine.terminate('a failed statement could not be rolled back'));
      throw cause;
    }
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

  /** What is being answered, the oldest first: that is what a silent engine is at. */
  const asked = new Set<{ readonly sqlText: string }>();
  let stuckAt: { readonly sqlText: string } | undefined;
  async function guarded<T>(sqlText: string, work: Promise<T>): Promise<T> {
    const question = { sqlText };
    asked.add(question);
    const stopWatching = signs.watch(() => {
      [stuckAt] = asked;
      engine.terminate(`the engine has given no sign for ${silenceSeconds} seconds`);
    });
    try {
      return await alive(work);
    } catch (cause) {
      const failure = remote.explain(toEngineError(cause, sqlText));
      if (failure.kind === 'crashed') end(failure);
      if (question === stuckAt) throw new EngineError('crashed', failure.message, sqlText, failure);
      throw failure;
    } finally {
      stopWatching();
      asked.delete(question);
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
    allowSilence: () => {
      mayBeSilent = true;
    },
    outstandingRead: () => remote.outstanding(),
    newFile: (name) => alive(written.make(db, name)),
    takeFile: (name) => alive(written.take(name)),
    async release(name) {
      await alive(db.dropFile(name));
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

/** What the page knows of the remote files of one engine. */
interface RemoteFiles {
  /** Makes a file readable in the worker; gives the address that stands for it there. */
  register(name: string, file: RemoteFile): string;
  /** A failed statement with the read that failed it, where there is one. */
  explain(failure: EngineError): EngineError;
  outstanding(): OutstandingRead | undefined;
}

/** To be called before the library is given the worker, so that our messages stay ours. */
function remoteFilesOf(worker: Worker): RemoteFiles {
  const failedReads = new Map<string, FailedRead>();
  let latest: FailedRead | undefined;
  let outstanding: OutstandingRead | undefined;
  worker.addEventListener('message', (event: MessageEvent<unknown>) => {
    const { data } = event;
    if (!isOurs(data)) return;
    if (data.iterscope === 'remote reading') {
      outstanding = data.range === undefined ? undefined : { name: data.name, range: data.range };
    } else if (data.iterscope === 'remote read failed') {
      latest = { name: data.name, fault: data.fault };
      failedReads.set(latest.name, latest);
    } else {
      return;
    }
    event.stopImmediatePropagation();
  });
  return {
    outstanding: () => outstanding,
    register(name, file) {
      worker.postMessage({ iterscope: 'remote file', name, file } satisfies RemoteFileGiven);
      return engineAddress(name);
    },
    explain(failure) {
      if (latest === undefined || (failure.kind !== 'query' && failure.kind !== 'crashed')) return failure;
      const named = [...failedReads.values()].find(({ name }) =>
        failure.message.includes(engineAddress(name)),
      );
      // The engine closes a database whose read failed, and later says only that it is closed.
      const isClosed = failure.kind === 'crashed' || /invalidated|fatal/i.test(failure.message);
      const failedRead = named ?? (isClosed ? latest : undefined);
      if (failedRead === undefined) return failure;
      return new EngineError('host', failure.message, failure.sql, failure.cause, failedRead);
    },
  };
}

/** A step of the engine between two answers takes a tenth of a second, the longest seconds. */
const beatMs = 5_000;
const silentBeats = 6;
const silenceSeconds = (beatMs * silentBeats) / 1000;

interface Signs {
  /** Calls `onSilent` when the worker has not answered for `silenceSeconds`; gives what ends the watch. */
  watch(onSilent: () => void): () => void;
}

/**
 * Asks the worker whether it is there while somebody watches. Beats are counted, not time: a page may stand still too. A
 * host that it waits for has a time of its own, so it is excused meanwhile.
 */
function signsOf(worker: Worker, isExcused: () => boolean): Signs {
  const watchers = new Set<() => void>();
  let unanswered = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  worker.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (!isOurs(event.data) || event.data.iterscope !== 'alive') return;
    event.stopImmediatePropagation();
    unanswered = 0;
  });
  const beat = (): void => {
    if (isExcused()) unanswered = 0;
    if (unanswered >= silentBeats) for (const onSilent of [...watchers]) onSilent();
    unanswered += 1;
    worker.postMessage({ iterscope: 'are you there' } satisfies AreYouThere);
  };
  return {
    watch(onSilent) {
      watchers.add(onSilent);
      if (timer === undefined) {
        unanswered = 0;
        timer = setInterval(beat, beatMs);
      }
      return () => {
        watchers.delete(onSilent);
        if (watchers.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}

/** Resolves when whoever holds the lock of this name has ended; never where a page has no locks. */
function whenGone(lockName: string): Promise<void> {
  const { locks } = navigator as { readonly locks?: LockManager };
  if (locks === undefined) return new Promise(() => undefined);
  return new Promise((resolve) => {
    void locks.request(lockName, () => resolve()).catch(() => undefined);
  });
}

/** After so long without a sign of the worker its script is fetched a second time, to see what the host does. */
const patienceMs = 5_000;
/** A script that is known to have arrived runs within this time, on a busy machine too. */
const startMs = 30_000;

interface StartingWorker {
  readonly worker: Worker;
  /** Of the lock that it holds from when it is ready until it ends. */
  readonly lockName: string;
  /** Resolves when the script runs; rejects with `EngineFileError` where it cannot be had. */
  readonly ready: Promise<void>;
  /** Ends the worker; `ready` then never settles. */
  readonly stop: () => void;
}

/**
 * Starts a worker of the script at `entryUrl`, which loads the one at `libraryUrl`. A browser never says why a worker
 * does not start, so the host is asked for both.
 */
function startWorker(entryUrl: string, libraryUrl: string): StartingWorker {
  // No other page of this origin has one of the same name.
  const lockName = `iterscope engine ${Date.now()} ${Math.random()}`;
  const worker = new Worker(entryUrl, { type: 'module', name: lockName });
  const hostFault = async (): Promise<EngineFileError | undefined> =>
    (await scriptFault(entryUrl)) ?? (await scriptFault(libraryUrl));
  let stopListening: () => void = () => undefined;
  const ready = new Promise<void>((resolve, reject) => {
    const fail = (failure: EngineFileError): void => {
      stopListening();
      reject(failure);
    };
    const onMessage = (event: MessageEvent<unknown>): void => {
      if (!isOurs(event.data)) return;
      // The library would take it for an answer to a request that it never made.
      event.stopImmediatePropagation();
      if (event.data.iterscope === 'failed') onError(event.data);
      if (event.data.iterscope !== 'ready') return;
      stopListening();
      resolve();
    };
    const onError = ({ message }: { readonly message?: string }): void => {
      const words =
        message === undefined || message === '' ? 'the browser did not start the script' : message;
      void hostFault().then((fault) => fail(fault ?? new EngineFileError('not-started', entryUrl, words)));
    };
    let timer = setTimeout(() => {
      void hostFault().then((fault) => {
        const late = `the script has arrived, but does not run after ${startMs / 1000} seconds`;
        if (fault !== undefined) fail(fault);
        else timer = setTimeout(() => fail(new EngineFileError('not-started', entryUrl, late)), startMs);
      });
    }, patienceMs);
    stopListening = () => {
      clearTimeout(timer);
      worker.removeEventListener('message', onMessage);
      worker.removeEventListener('error', onError);
    };
    worker.addEventListener('message', onMessage);
    worker.addEventListener('error', onError);
  });
  const stop = (): void => {
    stopListening();
    worker.terminate();
  };
  return { worker, lockName, ready, stop };
}

/** What is wrong with the host's answer to a request for a script, if anything. */
async function scriptFault(url: string): Promise<EngineFileError | undefined> {
  try {
    const { answer } = await watchedFetch(url);
    const words = answerOf(answer);
    const isScript = /javascript|ecmascript/i.test(answer.headers.get('Content-Type') ?? '');
    await answer.arrayBuffer();
    return isScript ? undefined : new EngineFileError('not-script', url, words);
  } catch (cause) {
    if (cause instanceof EngineFileError) return cause;
    return new EngineFileError('unreachable', url, cause instanceof Error ? cause.message : String(cause));
  }
}
