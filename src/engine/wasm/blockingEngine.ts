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
import type { Engine, ResultTable } from '../engine.ts';
import { hardeningStatements } from '../hardening.ts';

const dist = dirname(createRequire(import.meta.url).resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm'));

/** An engine that files are handed to as bytes: its Node runtime cannot attach a path read-only. */
export interface BlockingEngine extends Engine {
  register(name: string, bytes: Uint8Array): void;
}

/** Boots an engine in memory; each call is a fresh one (about a second). */
export async function bootBlockingEngine(): Promise<BlockingEngine> {
  const bundle = {
    mainModule: join(dist, 'duckdb-eh.wasm'),
    mainWorker: join(dist, 'duckdb-node-eh.worker.cjs'),
  };
  const db = await duckdb.createDuckDB(
    { mvp: bundle, eh: bundle },
    new duckdb.VoidLogger(),
    duckdb.NODE_RUNTIME,
  );
  await db.instantiate(() => undefined);
  db.open({ path: ':memory:' });
  const connection = db.connect();
  const send = (statement: Sql): Promise<ResultTable> => {
    const table = connection.query(statement.text);
    const names = table.schema.fields.map((field) => field.name);
    return Promise.resolve(arrowResult(names, table.batches));
  };
  const engine: BlockingEngine = {
    version: db.getVersion(),
    register: (name, bytes) => db.registerFileBuffer(name, bytes),
    ...answerStatements(send),
    async run(statements) {
      for (const statement of statements) await engine.query(statement);
    },
    close() {
      connection.close();
      return Promise.resolve();
    },
  };
  await engine.run(hardeningStatements);
  return engine;
}
