import { type Sql, sql } from '../lib/sql.ts';
import type { EngineErrorKind } from './errors.ts';

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

/** One statement that an engine was asked. */
interface LoggedQuery {
  /** The statement; of a very long one the beginning. */
  readonly text: string;
  /** The query or the part of the program that asked it. */
  readonly askedBy: string;
  /** From being handed over to the answer, with the time that it waited. */
  readonly milliseconds: number;
  /** Undefined where there was no answer. */
  readonly rows: number | undefined;
  readonly outcome: 'answered' | EngineErrorKind;
}

/** So many statements are remembered, the last ones. */
export const loggedQueries = 500;
/** So much of each; a statement may list thousands of ids. */
export const loggedCharacters = 4000;

/** The statements that an engine was asked last. */
export class QueryLog {
  readonly #entries: LoggedQuery[] = [];

  add(entry: LoggedQuery): void {
    const text = entry.text.slice(0, loggedCharacters);
    if (this.#entries.push({ ...entry, text }) > loggedQueries) this.#entries.shift();
  }

  /** In the order in which they ended. */
  entries(): readonly LoggedQuery[] {
    return [...this.#entries];
  }
}

/**
 * Run before anything else. Autoload would fetch extensions from a foreign host, and a failed fetch ends
 * the engine ("function signature mismatch"); the order of rows must be the file's.
 */
export const hardeningStatements: readonly Sql[] = [
  sql`SET autoload_known_extensions=false`,
  sql`SET autoinstall_known_extensions=false`,
  sql`SET preserve_insertion_order=true`,
];

/** Where files have to be registered to be attached: a locked engine opens what is in here, and nothing else. */
export const openFolder = 'open/';

/** New databases of an engine are written here (`wasm/worker/writtenFiles.ts`); nothing of it is on a disk. */
export const writtenFolder = 'opfs://new/';

/** Run before attaching: from here on no statement reaches another file or host, and none can undo this. */
export const lockStatements: readonly Sql[] = [
  sql`SET allowed_directories=[${openFolder}, ${writtenFolder}]`,
  sql`SET enable_external_access=false`,
  sql`SET lock_configuration=true`,
];
