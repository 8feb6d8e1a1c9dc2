import type { Engine } from '../../engine/engine.ts';
import { oneFilePrefix } from '../../catalog/oneFile.ts';
import { functionPolicy, refuseStatement, type FunctionPolicy } from '../../engine/ownSql/allowList.ts';
import { statementsIn, UnfinishedText, type Statement } from '../../engine/ownSql/tokens.ts';
import { EngineError } from '../../engine/errors.ts';
import { int, plainRows, queryRows, text, type PlainRow } from '../../engine/rows.ts';
import { formatCount } from '../../lib/format.ts';
import { ident, join, sql, trusted, type Sql } from '../../lib/sql.ts';
import { ownProblem, problemAt, type OwnProblem } from './ownProblem.ts';
import { fillFromAnswers, isAnswerTable, type Ask } from './fill.ts';
import {
  inMemory,
  installOwnTables,
  type NamedFile,
  fillRun,
  isRunTable,
  mostUnnamedRuns,
  runsToFill,
  showRuns,
} from './install.ts';
import { selectedRuns } from './selectedRuns.ts';
import { ownTable, ownTableNames } from './tables.ts';

export interface OwnColumn {
  readonly name: string;
  /** The engine's own name of the type: `BIGINT`, `DECIMAL(18,2)`. */
  readonly type: string;
}

/** What became of one statement. The rows stay in the engine, in `table`, until the next text is run. */
export interface OwnResult {
  readonly statement: string;
  /** Among the results of its text, from 1. */
  readonly number: number;
  readonly table: Sql;
  readonly columns: readonly OwnColumn[];
  readonly rows: number;
  /** Which runs its tables of runs hold: "over 1 run: tight-full"; undefined where it reads none of them. */
  readonly overRuns: string | undefined;
  /** Of the statement alone, without filling the tables that it names. */
  readonly milliseconds: number;
}

/** What is being done, in words for the reader. */
type OnStep = (words: string) => void;

/** Thrown for whatever is wrong with a statement of the reader, with its place. */
export class OwnSqlError extends Error {
  readonly problem: OwnProblem;
  /** `cause`: what the engine said, where it was asked. */
  constructor(problem: OwnProblem, cause?: EngineError) {
    super(problem.plain, { cause });
    this.problem = problem;
  }
}

/** How the rows of one `EXPLAIN` or of a query are kept: under the same name in turn. */
const resultName = (number: number): string => `own_result_${number}`;
const sortedName = (result: string): string => `${result}_sorted`;

/**
 * A reader's own SQL on one engine, which is locked and has the relations: reads, and nothing else. The engine may be
 * ended at any time; what it holds goes with it.
 */
export class OwnSql {
  readonly engine: Engine;
  readonly #files: readonly NamedFile[];
  readonly #ask: Ask;
  readonly #policy: FunctionPolicy;
  /** Tables that hold the rows of all files. */
  readonly #filled = new Set<string>();
  /** The number of each run that was filled. */
  readonly #runs = new Map<string, number>();
  #results = 0;

  private constructor(engine: Engine, files: readonly NamedFile[], ask: Ask, policy: FunctionPolicy) {
    this.engine = engine;
    this.#files = files;
    this.#ask = ask;
    this.#policy = policy;
  }

  /** Makes the tables, schemas and macros that a reader's SQL finds beside the relations. */
  static async over(engine: Engine, files: readonly NamedFile[], ask: Ask): Promise<OwnSql> {
    await installOwnTables(engine, files);
    return new OwnSql(engine, files, ask, await functionPolicy(engine));
  }

  /** The statements of a text, in order. Throws `OwnSqlError` where one of them is not to be run. */
  statements(given: string): readonly Statement[] {
    try {
      const statements = statementsIn(given);
      for (const statement of statements) {
        const found = refuseStatement(statement, this.#policy);
        if (found !== undefined) throw new OwnSqlError(problemAt(given, found.from, found.to, found.why));
      }
      return statements;
    } catch (failure) {
      if (failure instanceof UnfinishedText)
        throw new OwnSqlError(problemAt(given, failure.at, given.length, failure.message));
      throw failure;
    }
  }

  /** Drops the results of the text before. */
  async forget(): Promise<void> {
    for (; this.#results > 0; this.#results -= 1) {
      const name = resultName(this.#results);
      for (const table of [name, sortedName(name)])
        await this.engine.query(sql`DROP TABLE IF EXISTS ${inMemory(table)}`);
    }
  }

  /**
   * Fills what a statement names and runs it. `given`: the whole text, of which it is a statement. Rejects with
   * `OwnSqlError`, or with `EngineError` where the engine went or the reader cancelled.
   */
  async run(given: string, statement: Statement, onStep: OnStep, signal?: AbortSignal): Promise<OwnResult> {
    const overRuns = await this.#fillFor(given, statement, onStep, signal);
    onStep('running');
    const since = performance.now();
    const number = this.#results + 1;
    const name = resultName(number);
    const isPlan = statement.tokens.find(({ kind }) => kind === 'word')?.value === 'explain';
    try {
      if (isPlan) await this.#keepPlan(name, statement, signal);
      else {
        // In brackets the engine's own grammar takes a query and nothing else.
        const select = trusted(`SELECT * FROM (\n${statement.text}\n)`);
        await this.engine.query(sql`CREATE OR REPLACE TABLE ${inMemory(name)} AS ${select}`, signal);
      }
    } catch (failure) {
      if (!(failure instanceof EngineError) || (failure.kind !== 'query' && failure.kind !== 'out-of-memory'))
        throw failure;
      throw new OwnSqlError(ownProblem(given, statement, failure, isPlan ? 0 : 1), failure);
    }
    this.#results = number;
    const milliseconds = performance.now() - since;
    const columns = await queryRows(
      this.engine,
      sql`SELECT column_name AS name, data_type AS type FROM duckdb_columns()
        WHERE database_name = 'memory' AND table_name = ${name} ORDER BY column_index`,
      { name: text, type: text },
      signal,
    );
    const table = inMemory(name);
    const [counted] = await queryRows(
      this.engine,
      sql`SELECT count(*) AS rows FROM ${table}`,
      { rows: int },
      signal,
    );
    return {
      statement: statement.text,
      number,
      table,
      columns,
      rows: counted?.rows ?? 0,
      overRuns,
      milliseconds,
    };
  }

  /** EXPLAIN is no query: its lines are put into a table like any result. */
  async #keepPlan(name: string, statement: Statement, signal: AbortSignal | undefined): Promise<void> {
    const plan = await this.engine.query(trusted(statement.text), signal);
    const value = plan.columns.length - 1;
    const lines = Array.from({ length: plan.rowCount }, (_, row) => String(plan.cell(value, row)))
      .join('\n')
      .split('\n');
    const rows = join(
      lines.map((line) => sql`(${line})`),
      ', ',
    );
    await this.engine.query(
      sql`CREATE OR REPLACE TABLE ${inMemory(name)} AS SELECT * FROM (VALUES ${rows}) v(plan)`,
      signal,
    );
  }

  async #fillFor(
    given: string,
    statement: Statement,
    onStep: OnStep,
    signal: AbortSignal | undefined,
  ): Promise<string | undefined> {
    const { tokens } = statement;
    // They tell of columns and tables, which stand before the rows do.
    if (['describe', 'desc', 'show'].includes(tokens[0]?.value ?? '')) return undefined;
    const named = new Set(
      tokens
        .filter(({ kind }) => kind === 'word' || kind === 'quoted name')
        .map(({ value }) => value.toLowerCase()),
    );
    for (const table of ownTableNames.filter((name) => named.has(name))) {
      if (isAnswerTable(table) && !this.#filled.has(table)) {
        onStep(`filling ${table}`);
        const fileIds = this.#files.map(({ fileId }) => fileId);
        const ask: Ask = (question) => {
          signal?.throwIfAborted();
          return this.#ask(question);
        };
        await fillFromAnswers(
          this.engine,
          table,
          fileIds,
          ask,
          (rows) => onStep(`filling ${table}: ${formatCount(rows)} rows`),
          signal,
        );
        this.#filled.add(table);
      }
    }
    const selected = selectedRuns(statement, isRunTable);
    if (selected === undefined) return undefined;
    const { first, ids } = selected;
    const runs = await runsToFill(this.engine, ids);
    if ('forExample' in runs) {
      const why = `Which run? ${first.value} is filled run by run, and more than ${mostUnnamedRuns} are stored. Name one wherever it is read, as in WHERE simulation_id = '${runs.forExample.simulationId}', or several with IN, joined to other conditions by AND; FROM run_links and FROM simulation_runs list them.`;
      throw new OwnSqlError(problemAt(given, first.from, first.to, why));
    }
    const numbers: number[] = [];
    for (const [i, run] of runs.entries()) {
      const key = `${run.fileId}\n${run.simulationId}`;
      const number = this.#runs.get(key) ?? this.#runs.size + 1;
      numbers.push(number);
      if (this.#runs.has(key)) continue;
      onStep(`preparing run ${i + 1} of ${runs.length}`);
      signal?.throwIfAborted();
      await fillRun(this.engine, run, number);
      this.#runs.set(key, number);
    }
    await showRuns(this.engine, numbers);
    const counted = `${formatCount(runs.length)} ${runs.length === 1 ? 'run' : 'runs'}`;
    if (ids === undefined) return `over all ${counted}`;
    const listed = runs.slice(0, 3).map(({ simulationId }) => simulationId);
    return `over ${counted}${listed.length > 0 ? ': ' : ''}${listed.join(', ')}${runs.length > 3 ? ', …' : ''}`;
  }

  /** The rows of a result in the order of one of its columns, NULL last; gives the table that holds them. */
  async sorted({ number, table, columns }: OwnResult, column: number, descending: boolean): Promise<Sql> {
    const by = columns[column];
    if (by === undefined) return table;
    const sorted = inMemory(sortedName(resultName(number)));
    const direction = trusted(descending ? 'DESC' : 'ASC');
    await this.engine.query(
      sql`CREATE OR REPLACE TABLE ${sorted} AS
        SELECT * FROM ${table} ORDER BY ${ident(by.name)} ${direction} NULLS LAST, rowid`,
    );
    return sorted;
  }

  /** How many rows a table has, its keys, and for each column values of its first rows. */
  async look(schema: string, table: string): Promise<TableLook> {
    const from = sql`memory.${ident(schema)}.${ident(table)}`;
    const isUnfilled =
      schema === 'main' &&
      ownTableNames.some((name) => name === table && name !== 'files') &&
      !this.#filled.has(table);
    if (isUnfilled) return { rows: undefined, values: new Map(), keys: [] };
    const [counted] = await queryRows(this.engine, sql`SELECT count(*) AS rows FROM ${from}`, { rows: int });
    const first = await this.engine.query(sql`SELECT COLUMNS(*)::VARCHAR FROM ${from} LIMIT ${valuesShown}`);
    const values = new Map(
      first.columns.map((column, at) => [
        column,
        Array.from({ length: first.rowCount }, (_, row) => first.cell(at, row)).flatMap((value) =>
          typeof value === 'string' ? [value.slice(0, 60)] : [],
        ),
      ]),
    );
    const keys = await queryRows(
      this.engine,
      sql`SELECT DISTINCT constraint_type AS kind, array_to_string(constraint_column_names, ', ') AS columns
        FROM duckdb_constraints() c JOIN memory.main.files f ON f.file_id = c.database_name
        WHERE f.schema_name = ${schema} AND c.table_name = ${table}
          AND constraint_type IN ('PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY')`,
      { kind: text, columns: text },
    );
    return {
      rows: counted?.rows,
      values,
      keys: keys.map(({ kind, columns }) => `${kind.toLowerCase()} (${columns})`),
    };
  }

  /** Everything that can be named, for completion and the list of tables. */
  async names(signal?: AbortSignal): Promise<readonly NamedColumn[]> {
    return queryRows(
      this.engine,
      sql`SELECT schema_name AS schema, table_name AS "table", column_name AS "column", data_type AS type
        FROM duckdb_columns() WHERE database_name = 'memory' AND NOT internal
          AND NOT starts_with(schema_name, ${oneFilePrefix})
          AND NOT starts_with(table_name, 'own_result_') AND NOT starts_with(table_name, 'own_run_') AND NOT starts_with(table_name, 'replay')
        ORDER BY schema_name, table_name, column_index`,
      { schema: text, table: text, column: text, type: text },
      signal,
    );
  }
}

const valuesShown = 3;

export interface TableLook {
  /** Undefined of a table that is filled when a statement first names it, and of one that is filled run by run. */
  readonly rows: number | undefined;
  /** By column, of the first rows; NULL is left out. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly keys: readonly string[];
}

export interface NamedColumn {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

/** Types of which a cell leaves the engine as it is; all others as text. */
const asTheyAre = /^(?:U?TINYINT|U?SMALLINT|U?INTEGER|BIGINT|DOUBLE|FLOAT|BOOLEAN|VARCHAR)$/;

/** Selects columns of a result so that each cell is exact: a number, a flag or a text. */
export function exactColumns(columns: readonly OwnColumn[]): Sql {
  return join(
    columns.map(({ name, type }) =>
      asTheyAre.test(type) ? ident(name) : sql`${ident(name)}::VARCHAR AS ${ident(name)}`,
    ),
    ', ',
  );
}

export const isNumberType = (type: string): boolean =>
  /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|DOUBLE|FLOAT|DECIMAL.*)$/.test(type);

/** Rows of a result, each a list of cells in the order of its columns; NULL is undefined. */
export type OwnRow = PlainRow;

/** Rows of a result by place, in their order. */
export async function resultRows(
  engine: Engine,
  { table, columns }: Pick<OwnResult, 'table' | 'columns'>,
  from: number,
  count: number,
  signal?: AbortSignal,
): Promise<readonly OwnRow[]> {
  const found = await engine.query(
    sql`SELECT ${exactColumns(columns)} FROM ${table}
      WHERE rowid >= ${from} AND rowid < ${from + count} ORDER BY rowid`,
    signal,
  );
  return plainRows(found);
}

/** Columns whose type is wider than 64 bits and whose values all fit into 64 bits, as sums of cents do. */
export async function fittingColumns(
  engine: Engine,
  { table, columns }: Pick<OwnResult, 'table' | 'columns'>,
): Promise<ReadonlySet<string>> {
  const wide = columns.filter(({ type }) => /^(?:U?HUGEINT|UBIGINT)$/.test(type));
  if (wide.length === 0) return new Set();
  const tests = wide.map(
    ({ name }, at) =>
      sql`coalesce(bool_and(TRY_CAST(${ident(name)} AS BIGINT) IS NOT NULL OR ${ident(name)} IS NULL), TRUE) AS ${ident(`c${at}`)}`,
  );
  const found = await engine.query(sql`SELECT ${join(tests, ', ')} FROM ${table}`);
  return new Set(wide.filter((_, at) => found.cell(at, 0) === true).map(({ name }) => name));
}

/** What one row of an own table is. */
export const ownTableSentence = (name: string): string | undefined =>
  ownTableNames.some((known) => known === name)
    ? ownTable(name as (typeof ownTableNames)[number]).oneRowIs
    : undefined;
