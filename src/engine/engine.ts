import type { Sql } from '../lib/sql.ts';
import type { QueryLog } from './queryLog.ts';

/** What a cell can be once it left the engine; `rows.ts` turns it into a domain value by spec. */
export type Cell = unknown;

/** A result, column by column. Zero rows keep their columns. */
export interface ResultTable {
  readonly columns: readonly string[];
  readonly rowCount: number;
  /** The cell in row `row` of column `column` (both from 0). */
  cell(column: number, row: number): Cell;
}

/** Who asks a statement. */
export interface Asker {
  /** As the log names it. */
  readonly name: string;
  /** Whether nobody looks at the answer yet: then the statement lets those go first whose answer is on screen. */
  readonly isAhead?: () => boolean;
}

/** The one SQL interface. `wasm/` implements it for the browser and for tests, `node/` for native DuckDB. */
export interface Engine {
  /** As the engine reports itself, e.g. `v1.5.6`. */
  readonly version: string;
  /** Runs one statement; rejects with `EngineError`, kind `cancelled` after an abort. */
  query(statement: Sql, signal?: AbortSignal, asker?: Asker): Promise<ResultTable>;
  /** Runs statements in order for what they do, in as few round trips as the engine allows. */
  run(statements: readonly Sql[]): Promise<void>;
  /** The statements asked last, with who asked them and what became of them; scripts of `run` are not among them. */
  readonly log: QueryLog;
  close(): Promise<void>;
}
