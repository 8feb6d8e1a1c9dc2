/** Native DuckDB for Node: the lab, the command line, and the tests' independent oracle. */
import { DuckDBInstance } from '@duckdb/node-api';

import { sql, type Sql } from '../../lib/sql.ts';
import { answerStatements } from '../answerStatements.ts';
import type { Engine } from '../engine.ts';

/**
 * Opens (and unless `readOnly` creates) the database at `path`, `:memory:` by default.
 * Everything it writes has storage version `v1.0.0`, which every DuckDB from 1.0 on reads.
 */
export async function openNativeEngine(
  path = ':memory:',
  options?: { readonly readOnly?: boolean },
): Promise<Engine> {
  const instance = await DuckDBInstance.create(path, {
    storage_compatibility_version: 'v1.0.0',
    ...(options?.readOnly === true ? { access_mode: 'READ_ONLY' } : {}),
  });
  const connection = await instance.connect();
  const engine = {
    version: '',
    ...answerStatements(async (statement: Sql) => {
      const reader = await connection.runAndReadAll(statement.text);
      const rows = reader.getRowsJS();
      return {
        columns: reader.columnNames(),
        rowCount: rows.length,
        cell: (column: number, row: number): unknown => rows[row]?.[column],
      };
    }),
    async run(statements: readonly Sql[]) {
      for (const statement of statements) await engine.query(statement);
    },
    close() {
      connection.closeSync();
      instance.closeSync();
      return Promise.resolve();
    },
  };
  const version = await engine.query(sql`SELECT version() AS version`);
  return { ...engine, version: String(version.cell(0, 0)) } satisfies Engine;
}
