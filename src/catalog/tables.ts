import type { FileId } from '../schema/ids.ts';

/** Column name to DuckDB type (`BIGINT`, `JSON`, ...), in the table's own order. */
export type Columns = ReadonlyMap<string, string>;
/** Table name to its columns: the whole of what an attached file says about itself. */
export type Tables = ReadonlyMap<string, Columns>;

/** One attached file, as the relations need it. */
export interface AttachedFile {
  readonly fileId: FileId;
  /** Name of the attached database in SQL. */
  readonly alias: string;
  readonly tables: Tables;
}

/** Tables are told apart by their columns, never by name alone: three layouts have a `simulation_runs`. */
export function hasColumns(tables: Tables, table: string, ...columns: readonly string[]): boolean {
  const found = tables.get(table);
  return found !== undefined && columns.every((column) => found.has(column));
}
