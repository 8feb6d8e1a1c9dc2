import type { FileId } from '../lib/ids.ts';

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
