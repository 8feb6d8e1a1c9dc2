import type { Engine } from '../engine/engine.ts';
import { queryRows, text } from '../engine/rows.ts';
import { sql } from '../lib/sql.ts';
import type { Tables } from './tables.ts';

const columnRow = { tableName: text, columnName: text, dataType: text };

/**
 * Tables and columns of one attached database. Reads the catalogue only, no data. A view is left out: what
 * stands behind the name that a stranger's view gave itself is not the file's own table.
 */
export async function introspect(engine: Engine, alias: string, signal?: AbortSignal): Promise<Tables> {
  const rows = await queryRows(
    engine,
    sql`SELECT table_name, column_name, data_type
        FROM duckdb_columns() SEMI JOIN duckdb_tables() USING (database_name, schema_name, table_name)
        WHERE database_name = ${alias} AND schema_name = 'main'
        ORDER BY table_name, column_index`,
    columnRow,
    signal,
  );
  const tables = new Map<string, Map<string, string>>();
  for (const { tableName, columnName, dataType } of rows) {
    const columns = tables.get(tableName) ?? new Map<string, string>();
    columns.set(columnName, dataType);
    tables.set(tableName, columns);
  }
  return tables;
}
