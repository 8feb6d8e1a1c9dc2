import type { Engine } from '../engine/engine.ts';
import { boolean, nullable, queryRows, text } from '../engine/rows.ts';
import type { FileId } from '../lib/ids.ts';
import { ident, join, type Sql, sql } from '../lib/sql.ts';

/** Column name to DuckDB type (`BIGINT`, `JSON`, ...), in the table's own order. */
export type Columns = ReadonlyMap<string, string>;
/**
 * Table name to its columns. Names are in lower case, as DuckDB compares them without case and they are asked
 * for in lower case everywhere.
 */
export type Tables = ReadonlyMap<string, Columns>;

/** What one schema of an attached database says about itself. */
export interface SchemaTables {
  readonly schema: string;
  /** Its tables and its views. */
  readonly tables: Tables;
  readonly views: ReadonlySet<string>;
  /** Tables without a row; of a view that is not known. */
  readonly empty: ReadonlySet<string>;
}

/** One attached file, as the relations need it. */
export interface AttachedFile extends Omit<SchemaTables, 'empty'> {
  readonly fileId: FileId;
  /** Name of the attached database in SQL. */
  readonly alias: string;
}

/** Tables are told apart by their columns, never by name alone: three layouts have a `simulation_runs`. */
export function hasColumns(tables: Tables, table: string, ...columns: readonly string[]): boolean {
  const found = tables.get(table);
  return found !== undefined && columns.every((column) => found.has(column));
}

/** Database, schema and table, quoted: for FROM. */
export function tablePath(file: Pick<AttachedFile, 'alias' | 'schema'>, table: string): Sql {
  return join([file.alias, file.schema, table].map(ident), '.');
}

const columnRow = {
  schemaName: text,
  tableName: text,
  columnName: text,
  dataType: text,
  isView: boolean,
  isEmpty: nullable(boolean),
};

/** As DuckDB compares names: ASCII letters without case, all others as they are. */
const folded = (name: string): string => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

interface Found {
  readonly tables: Map<string, Map<string, string>>;
  readonly views: Set<string>;
  readonly empty: Set<string>;
}

/**
 * Schemas of one attached database with the columns of their tables and views, `main` first. Reads the catalogue
 * only, no data; what a view stands for is not looked at.
 */
export async function introspect(
  engine: Engine,
  alias: string,
  signal?: AbortSignal,
): Promise<readonly SchemaTables[]> {
  const rows = await queryRows(
    engine,
    sql`SELECT c.schema_name, c.table_name, c.column_name, c.data_type, t.table_name IS NULL AS is_view,
          t.estimated_size = 0 AS is_empty
        FROM duckdb_columns() AS c
        LEFT JOIN duckdb_tables() AS t USING (database_name, schema_name, table_name)
        WHERE c.database_name = ${alias} AND NOT c.internal
        ORDER BY c.schema_name <> 'main', c.schema_name, c.table_name, c.column_index`,
    columnRow,
    signal,
  );
  const schemas = new Map<string, Found>();
  for (const row of rows) {
    const schema: Found = schemas.get(row.schemaName) ?? {
      tables: new Map<string, Map<string, string>>(),
      views: new Set(),
      empty: new Set(),
    };
    schemas.set(row.schemaName, schema);
    const table = folded(row.tableName);
    const columns = schema.tables.get(table) ?? new Map<string, string>();
    schema.tables.set(table, columns);
    columns.set(folded(row.columnName), row.dataType);
    if (row.isView) schema.views.add(table);
    if (row.isEmpty === true) schema.empty.add(table);
  }
  return [...schemas].map(([schema, found]) => ({ schema, ...found }));
}
