import type { Sql } from '../lib/sql.ts';

/** What a cell can be once it left the engine; `rows.ts` turns it into a domain value by spec. */
export type Cell = unknown;

/** A result, column by column. Zero rows keep their columns. */
export interface ResultTable {
  readonly columns: readonly string[];
  readonly rowCount: number;
  /** The cell in row `row` of column `column` (both from 0). */
  cell(column: number, row: number): Cell;
}

/** The one SQL interface. `wasm/` implements it for the browser and for tests, `node/` for native DuckDB. */
export interface Engine {
  /** As the engine reports itself, e.g. `v1.5.6`. */
  readonly version: string;
  /** Runs one statement; rejects with `EngineError`, kind `cancelled` after an abort. */
  query(statement: Sql, signal?: AbortSignal): Promise<ResultTable>;
  /** Runs statements in order for what they do, in as few round trips as the engine allows. */
  run(statements: readonly Sql[]): Promise<void>;
  close(): Promise<void>;
}
