import { introspect } from '../../catalog/tables.ts';
import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { queryRows, text } from '../../engine/rows.ts';
import { type FileId, fileId, simulationId } from '../../lib/ids.ts';
import { ident, join, literal, sql, trusted, type Sql } from '../../lib/sql.ts';
import { costColumns, ways, dropTables } from '../run/prepare/tables.ts';
import { prepareRun, type PreparedRun } from '../run/prepare/prepareRun.ts';
import type { RunScope } from '../scope.ts';
import { ownTable, ownTableNames, type OwnTableName } from './tables.ts';

/** A file as a reader's own SQL names it. */
export interface NamedFile {
  readonly fileId: FileId;
  /** Under which the engine has it attached. */
  readonly alias: string;
  readonly name: string;
}

export const inMemory = (name: string): Sql => sql`memory.main.${ident(name)}`;

/** The file's own name without its ending, as a name for SQL; a dot or a slash would name a file. */
function schemaName(name: string, taken: ReadonlySet<string>): string {
  const plain = name.replace(/\.(?:duckdb|ddb|db)$/i, '').replace(/[./\\:"]/g, '_') || 'file';
  for (let number = 1; ; number += 1) {
    const wanted = number === 1 ? plain : `${plain}_${number}`;
    if (!taken.has(wanted.toLowerCase())) return wanted;
  }
}

/** Brackets inside texts count as nested: then nothing is said rather than something wrong. */
const isFlat = sql`regexp_full_match(json, ${'\\s*\\{[^{}\\[\\]]*\\}\\s*'})`;
const valueOf = (pattern: string): Sql =>
  sql`CASE WHEN ${isFlat} THEN nullif(regexp_extract(json, '"' || regexp_escape(key) || ${`"\\s*:\\s*${pattern}`}, 1), '') END`;

/** A text of JSON; what is escaped in it stays escaped. */
const textPattern = '"((?:[^"\\\\]|\\\\.)*)"';

const macroStatements: readonly Sql[] = [
  sql`CREATE OR REPLACE MACRO memory.main.flat_number(json, key) AS
    TRY_CAST(${valueOf('(-?[0-9.eE+-]+)\\s*[,}]')} AS DOUBLE)`,
  sql`CREATE OR REPLACE MACRO memory.main.flat_integer(json, key) AS
    TRY_CAST(${valueOf('(-?[0-9]+)\\s*[,}]')} AS BIGINT)`,
  sql`CREATE OR REPLACE MACRO memory.main.flat_text(json, key) AS ${valueOf(textPattern)}`,
  sql`CREATE OR REPLACE MACRO memory.main.flat_keys(json) AS
    CASE WHEN ${isFlat} THEN regexp_extract_all(json, ${`${textPattern}\\s*:`}, 1) END`,
];

const createOwnTable = (name: OwnTableName, made: string = name): Sql => {
  const columns = Object.entries(ownTable(name).columns).map(
    ([column, [type]]) => sql`${ident(column)} ${trusted(type)}`,
  );
  return sql`CREATE OR REPLACE TABLE ${inMemory(made)} (${join(columns, ', ')})`;
};

/** Under which one of the tables of a run is kept; a statement reads it by `createRunView`. */
const runTableName = (number: number, table: OwnTableName): string => `own_run_${number}_${table}`;

/** A table of runs as a statement sees it: the rows of these runs, one run after the other. */
const createRunView = (name: OwnTableName, numbers: readonly number[]): Sql => {
  const none = Object.entries(ownTable(name).columns).map(
    ([column, [type]]) => sql`NULL::${trusted(type)} AS ${ident(column)}`,
  );
  const runs = numbers.map((number) => sql`SELECT * FROM ${inMemory(runTableName(number, name))}`);
  const rows = runs.length === 0 ? sql`SELECT ${join(none, ', ')} LIMIT 0` : join(runs, ' UNION ALL ');
  return sql`CREATE OR REPLACE VIEW ${inMemory(name)} AS ${rows}`;
};

/**
 * Makes what a reader's own SQL finds beside the relations: the own tables, all but `files` without rows yet, the macros,
 * and a schema for each file with its raw tables, JSON as text. Gives the schemas by file.
 */
export async function installOwnTables(
  engine: Engine,
  files: readonly NamedFile[],
): Promise<ReadonlyMap<FileId, string>> {
  const tables = ownTableNames.map((name) =>
    ownTable(name).from === 'run' ? createRunView(name, []) : createOwnTable(name),
  );
  await engine.run([...tables, ...macroStatements]);
  const schemas = new Map<FileId, string>();
  const taken = new Set(['main', 'temp', 'memory', 'system', 'pg_catalog', 'information_schema']);
  for (const file of files) {
    for (const { schema, tables } of await introspect(engine, file.alias)) {
      const isMain = schema === 'main';
      const own = schemaName(isMain ? file.name : `${file.name}_${schema}`, taken);
      taken.add(own.toLowerCase());
      if (isMain || !schemas.has(file.fileId)) schemas.set(file.fileId, own);
      await engine.query(sql`CREATE SCHEMA IF NOT EXISTS memory.${ident(own)}`);
      for (const [table, columns] of tables) {
        const selected = [...columns].map(([column, type]) =>
          type === 'JSON' ? sql`${ident(column)}::VARCHAR AS ${ident(column)}` : ident(column),
        );
        const view = sql`CREATE OR REPLACE VIEW memory.${ident(own)}.${ident(table)} AS
          SELECT ${join(selected, ', ')} FROM ${ident(file.alias)}.${ident(schema)}.${ident(table)}`;
        // A view of the file may read what is not there: then it is not offered.
        await engine.query(view).catch((failure: unknown) => {
          if (!(failure instanceof EngineError) || failure.kind !== 'query') throw failure;
        });
      }
    }
    const row = [file.fileId, file.name, schemas.get(file.fileId) ?? null].map(literal);
    await engine.query(sql`INSERT INTO ${inMemory('files')} VALUES (${join(row, ', ')})`);
  }
  return schemas;
}

/** Where a statement does not say which runs, so many are filled at most. */
export const mostUnnamedRuns = 20;

/** Runs of certain ids, or all of them where they are few; else one that may be named. */
export async function runsToFill(
  engine: Engine,
  ids: ReadonlySet<string> | undefined,
): Promise<readonly RunScope[] | { readonly forExample: RunScope }> {
  const stored = await runsOf(engine, sql`simulation_runs`);
  const chosen = stored.filter((run) => ids === undefined || ids.has(run.simulationId));
  const [first] = stored;
  if (ids === undefined && first !== undefined && stored.length > mostUnnamedRuns)
    return { forExample: first };
  // Every payment and event is looked at for runs without a row, so these come last.
  const found = new Set<string>(chosen.map((run) => run.simulationId));
  if (ids !== undefined && [...ids].every((id) => found.has(id))) return chosen;
  const orphans = await runsOf(engine, sql`orphan_runs`);
  const all = [...chosen, ...orphans.filter((run) => ids === undefined || ids.has(run.simulationId))];
  const [other] = all;
  if (ids === undefined && other !== undefined && all.length > mostUnnamedRuns) return { forExample: other };
  return all;
}

async function runsOf(engine: Engine, relation: Sql): Promise<readonly RunScope[]> {
  const rows = await queryRows(
    engine,
    sql`SELECT DISTINCT file_id, simulation_id FROM ${relation} ORDER BY file_id, simulation_id`,
    { fileId: text, simulationId: text },
  );
  return rows.map((row) => ({ fileId: fileId(row.fileId), simulationId: simulationId(row.simulationId) }));
}

/** NULL where a run does not tell the thing at all, as the page of a run has it (`run/tickState.ts`). */
const where = (known: boolean, value: Sql): Sql => (known ? value : sql`NULL`);

function agentTicks(run: PreparedRun): Sql {
  const recorded = run.eventCount > 0;
  const hasQueues = run.recorded.queues || (recorded && run.unnamed.arrivals === 0);
  const isCharged = recorded && run.unnamed.accruals === 0;
  const hasStates = recorded || run.recorded.states;
  const listed = costColumns.filter((column) => column !== 'total');
  // One part that cannot be read leaves none of them.
  const isWhole = join(
    costColumns.map((column) => sql`s.${ident(column)} IS NOT NULL`),
    ' AND ',
  );
  const part = (value: Sql): Sql => where(isCharged, sql`CASE WHEN ${isWhole} THEN ${value} END`);
  const rest = sql`s.total - ${join(
    listed.map((column) => sql`s.${ident(column)}`),
    ' - ',
  )}`;
  const inQueue = (queue: 1 | 2, column: 'payments' | 'value'): Sql =>
    where(
      hasQueues,
      sql`CASE WHEN s.${ident(`payments${queue}`)} IS NOT NULL AND s.${ident(`value${queue}`)} IS NOT NULL
        THEN s.${ident(`${column}${queue}`)} END`,
    );
  const bound = (side: 'low' | 'high'): Sql =>
    where(run.isBounded, sql`b.${ident(run.isBounded ? `balance_${side}` : side)}`);
  const joined = run.isBounded ? sql`LEFT JOIN ${run.table('bounds')} b USING (tick, agent)` : sql``;
  return sql`SELECT ${run.scope.fileId}, ${run.scope.simulationId}, s.tick, n.id, ${where(hasStates, sql`s.balance`)},
      ${bound('low')}, ${bound('high')}, ${where(hasStates, sql`s.lowest`)}, ${where(hasStates, sql`s.posted`)}, s.cap,
      ${inQueue(1, 'payments')}, ${inQueue(1, 'value')}, ${inQueue(2, 'payments')}, ${inQueue(2, 'value')},
      ${join([...costColumns.map((column) => part(sql`s.${ident(column)}`)), part(rest)], ', ')}
    FROM ${run.table('states')} s JOIN ${agentNames(run)} n ON n.no = s.agent ${joined} ORDER BY s.tick, s.agent`;
}

function payments(run: PreparedRun): Sql {
  const settledBy = join(
    ways.map((way, i) => sql`WHEN ${i} THEN ${way === 'transfer' ? null : way}`),
    ' ',
  );
  return sql`SELECT ${run.scope.fileId}, ${run.scope.simulationId}, p.tx_id, f.id, t.id, p.amount, p.priority, p.arrival_tick,
      p.deadline_tick, p.settlement_tick, p.settlement_tick - p.arrival_tick, p.overdue_tick,
      CASE p.how ${settledBy} END, p.status, w.tx_id, p.parts
    FROM ${run.table('payments')} p LEFT JOIN ${run.table('arrivals')} w ON w.tx = p.parent
    JOIN ${agentNames(run)} f ON f.no = p.sender JOIN ${agentNames(run)} t ON t.no = p.receiver ORDER BY p.tx`;
}

function moves(run: PreparedRun): Sql {
  return sql`SELECT ${run.scope.fileId}, ${run.scope.simulationId},
      row_number() OVER (ORDER BY m.seq, m.later, m.cents DESC), m.tick, n.id, m.cents, m.recorded_before
    FROM ${run.table('moves')} m JOIN ${agentNames(run)} n ON n.no = m.agent ORDER BY 3`;
}

/** For FROM: the agents of a run by number. */
const agentNames = ({ agents }: PreparedRun): Sql =>
  agents.length === 0
    ? sql`(SELECT 0 AS no, '' AS id LIMIT 0)`
    : sql`(SELECT * FROM (VALUES ${join(
        agents.map((id, no) => sql`(${no}, ${literal(id)})`),
        ', ',
      )}) v(no, id))`;

const selects = { agent_ticks: agentTicks, payments, moves } as const;
type RunTableName = keyof typeof selects;
const runTables = Object.keys(selects) as readonly RunTableName[];
export const isRunTable = (name: string): name is RunTableName => name in selects;

/** Makes the tables of one run; what the events cannot tell is NULL, as on the page of the run. */
export async function fillRun(engine: Engine, scope: RunScope, number: number): Promise<void> {
  for (const table of runTables) await engine.query(createOwnTable(table, runTableName(number, table)));
  const run = await prepareRun(engine, scope, number);
  try {
    if (run === undefined) return;
    for (const table of runTables)
      await engine.query(sql`INSERT INTO ${inMemory(runTableName(number, table))} ${selects[table](run)}`);
  } finally {
    await dropTables(engine, number);
  }
}

/** Lets the tables hold these runs and no other, in this order. */
export async function showRuns(engine: Engine, numbers: readonly number[]): Promise<void> {
  for (const table of runTables) await engine.query(createRunView(table, numbers));
}
