/**
 * The browser's WASM build, run synchronously in Node: what the tests of the browser's SQL run on.
 * Needs Node; never reached from the app's entry point.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import * as duckdb from '@duckdb/duckdb-wasm/blocking';

import type { Sql } from '../../lib/sql.ts';
import { answerStatements } from '../answerStatements.ts';
import { arrowResult } from '../arrowTable.ts';
import { EngineError, toEngineError } from '../errors.ts';
import { type Engine, type ResultTable, hardeningStatements } from '../engine.ts';

const dist = dirname(createRequire(import.meta.url).resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm'));

/** An engine that files are handed to as bytes: its Node runtime cannot attach a path read-only. */
export interface BlockingEngine extends Engine {
  register(name: string, bytes: Uint8Array): void;
}

/** Linking an instance takes 0.3 s of work (the published engine: 1 s), emptying one 0.03: those closed serve again. */
const idle: duckdb.DuckDBBindings[] = [];
const open = new Set<BlockingEngine>();

async function instantiate(): Promise<duckdb.DuckDBBindings> {
  const bundle = {
    // Tests name a smaller one, which links in a third of the time (scripts/engine/engineForTests.ts).
    mainModule: process.env.ITERSCOPE_ENGINE ?? join(dist, 'duckdb-eh.wasm'),
    mainWorker: join(dist, 'duckdb-node-eh.worker.cjs'),
  };
  const db = await duckdb.createDuckDB(
    { mvp: bundle, eh: bundle },
    new duckdb.VoidLogger(),
    duckdb.NODE_RUNTIME,
  );
  await db.instantiate(() => undefined);
  return db;
}

/** Boots an empty engine in memory, hardened; none knows anything of another's files, tables or settings. */
export async function bootBlockingEngine(): Promise<BlockingEngine> {
  const db = idle.pop() ?? (await instantiate());
  db.open({ path: ':memory:' });
  const connection = db.connect();
  /** After a trap the instance is not to be trusted any more. */
  let isSound = true;
  const send = (statement: Sql): Promise<ResultTable> => {
    if (!open.has(engine)) throw new EngineError('crashed', 'closed', statement.text);
    try {
      const table = connection.query(statement.text);
      const names = table.schema.fields.map((field) => field.name);
      return Promise.resolve(arrowResult(names, table.batches));
    } catch (cause) {
      isSound &&= toEngineError(cause, statement.text).kind !== 'crashed';
      throw cause;
    }
  };
  const engine: BlockingEngine = {
    version: db.getVersion(),
    register: (name, bytes) => db.registerFileBuffer(name, bytes),
    ...answerStatements(send),
    async run(statements) {
      for (const statement of statements) await engine.query(statement);
    },
    close() {
      if (!open.delete(engine) || !isSound) return Promise.resolve();
      connection.close();
      db.reset();
      db.dropFiles();
      idle.push(db);
      return Promise.resolve();
    },
  };
  open.add(engine);
  await engine.run(hardeningStatements);
  return engine;
}

/** Closes every engine that is open; a test file does so at its end (`testing/closeEngines.ts`). */
export async function closeBlockingEngines(): Promise<void> {
  await Promise.all([...open].map((engine) => engine.close()));
}
