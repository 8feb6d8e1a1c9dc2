import { introspect, type AttachedFile } from '../../catalog/tables.ts';
import { experimentKeyNames, readTable, type TableReader } from '../../catalog/relations/tableReader.ts';
import type { Engine } from '../../engine/engine.ts';
import { queryRows, text } from '../../engine/rows.ts';
import type { ExperimentId, FileId } from '../../lib/ids.ts';
import { ident, join, sql, trusted, type Sql } from '../../lib/sql.ts';
import type { Table, TableColumn } from '../../schema/table.ts';
import { tables } from '../../schema/tables.ts';
import { runOwner } from '../read/runRows.ts';

/** Experiments of one file, to be written into a new database. */
export interface ExtractScope {
  readonly fileId: FileId;
  /** As shown. */
  readonly fileName: string;
  readonly experimentIds: readonly ExperimentId[];
}

/** What is taken along besides experiments, iterations, evaluations and the events of the loop. */
export interface ExtractParts {
  /** The inside of runs: events, payments, queues, states per tick and day. Without runs there is none. */
  readonly events: boolean;
  /** The two prompts of each exchange; answers and proposals stay in any case. */
  readonly prompts: boolean;
  /** Rows of runs with their totals, scenario and policies. */
  readonly runs: boolean;
}

/** One way in which rows of a source become rows of a table of the unified schema. */
export interface PlanPart {
  /** What follows FROM, WHERE included. */
  readonly from: Sql;
  readonly orderBy: Sql;
  /** By column of the unified schema; what is left out takes its default. */
  readonly columns: ReadonlyMap<string, Sql>;
  /** Where a stored value has no equal in the unified column: the test, by source column. */
  readonly lost: readonly { readonly column: string; readonly test: Sql; readonly stored: Sql }[];
  /** Times with a zone, which the unified schema has no place for. */
  readonly zoned: Sql;
}

export interface TablePlan {
  readonly table: Table;
  readonly parts: readonly PlanPart[];
}

/** Runs of the chosen experiments of the file that is being read. */
export const chosenRuns = sql`memory.main.extract_runs`;

export const sqlList = (values: readonly string[]): Sql =>
  join(
    values.map((value) => sql`${value}`),
    ', ',
  );

/** The tables of a run besides its own row, its scenario and its policies. */
export const insideOfRuns: ReadonlySet<string> = new Set([
  'transactions',
  'daily_agent_metrics',
  'collateral_events',
  'agent_queue_snapshots',
  'agent_state_registers',
  'simulation_checkpoints',
  'simulation_events',
  'lsm_cycles',
  'policy_decisions',
  'tick_agent_states',
  'tick_queue_snapshots',
]);

const ofExperiments: ReadonlySet<string> = new Set([
  'experiments',
  'experiment_iterations',
  'experiment_events',
  'policy_evaluations',
]);

/** The attached file as the relations over it see it: of its schema, without the views that failed. */
export async function attachedFile(engine: Engine, fileId: FileId): Promise<AttachedFile> {
  const rows = await queryRows(
    engine,
    sql`SELECT DISTINCT database_name, schema_name, table_name FROM stored_types WHERE file_id = ${fileId}`,
    { databaseName: text, schemaName: text, tableName: text },
  );
  const [first] = rows;
  if (first === undefined) throw new Error(`no file ${fileId} is open`);
  const read = new Set(rows.map(({ tableName }) => tableName));
  const schemas = await introspect(engine, first.databaseName);
  const found = schemas.find(({ schema }) => schema === first.schemaName);
  return {
    fileId,
    alias: first.databaseName,
    schema: first.schemaName,
    tables: new Map([...(found?.tables ?? [])].filter(([name]) => read.has(name))),
    views: found?.views ?? new Set(),
  };
}

/** Lists the runs of the chosen experiments under `chosenRuns`: by their column, or by an id named after one. */
export function chooseRuns({ fileId, experimentIds }: ExtractScope): readonly Sql[] {
  return [
    sql`DROP TABLE IF EXISTS ${chosenRuns}`,
    sql`CREATE TABLE ${chosenRuns} AS SELECT DISTINCT simulation_id FROM (
      SELECT simulation_id, ${runOwner} AS owner FROM simulation_runs WHERE file_id = ${fileId}
    ) WHERE owner IN (${sqlList(experimentIds)})`,
  ];
}

/** How each table of the unified schema is filled from the file; tables that get nothing are left out. */
export function planTables(
  file: AttachedFile,
  experimentIds: readonly ExperimentId[],
  parts: ExtractParts,
): readonly TablePlan[] {
  return tables.flatMap((table): readonly TablePlan[] => {
    const planned = partsOf(table, file, experimentIds, parts);
    return planned.length === 0 ? [] : [{ table, parts: planned }];
  });
}

function partsOf(
  table: Table,
  file: AttachedFile,
  experimentIds: readonly ExperimentId[],
  parts: ExtractParts,
): readonly PlanPart[] {
  if (table.name === 'schema_migrations') return [];
  if (ofExperiments.has(table.name)) {
    const source = sourceOf(file, table.name, experimentKeyNames);
    if (source === undefined) return [];
    const isChosen = sql`${source.reader.text(...experimentKeyNames)} IN (${sqlList(experimentIds)})`;
    return [partOf(table, source, isChosen, experimentColumns(table, source, parts))];
  }
  if (!parts.runs || (!parts.events && insideOfRuns.has(table.name))) return [];
  const source = sourceOf(file, table.name, ['simulation_id']);
  const id = source?.reader.text('simulation_id') ?? sql`NULL`;
  const isChosen = sql`${id} IN (SELECT simulation_id FROM ${chosenRuns})`;
  if (table.name === 'simulations') {
    return source === undefined ? [] : [partOf(table, source, isChosen, scenarioColumns(source))];
  }
  const own = source === undefined ? [] : [partOf(table, source, isChosen, eventColumns(table, source))];
  if (table.name !== 'simulation_runs') return own;
  // Layout B has its runs in `simulations` alone; a file of the unified schema may have some there only.
  const scenarios = sourceOf(file, 'simulations', ['simulation_id']);
  if (scenarios === undefined) return own;
  const scenarioId = scenarios.reader.text('simulation_id');
  const onlyThere =
    source === undefined
      ? sql`TRUE`
      : sql`${scenarioId} NOT IN (SELECT ${id} FROM ${source.reader.from} WHERE ${id} IS NOT NULL)`;
  const isChosenThere = sql`${scenarioId} IN (SELECT simulation_id FROM ${chosenRuns}) AND ${onlyThere}`;
  return [...own, partOf(table, scenarios, isChosenThere, runColumnsOfScenario(scenarios))];
}

/** A table of the file with the types of its columns. */
interface SourceTable {
  readonly reader: TableReader;
  readonly types: ReadonlyMap<string, string>;
}

function sourceOf(file: AttachedFile, name: string, key: readonly string[]): SourceTable | undefined {
  const reader = readTable(file, name, [key]);
  const types = file.tables.get(name);
  return reader === undefined || types === undefined ? undefined : { reader, types };
}

/** Where a column of the unified schema is found under another name, or what stands for it. */
type Given = Readonly<Record<string, Sql | readonly string[]>>;

function experimentColumns(table: Table, { reader }: SourceTable, parts: ExtractParts): Given {
  const key = { experiment_id: experimentKeyNames };
  switch (table.name) {
    case 'experiments':
      return {
        ...key,
        // Layout B has it in the configuration alone.
        master_seed: sql`coalesce(${reader.bigint('master_seed')},
          TRY_CAST(regexp_extract(${reader.text('config')}, '"master_seed"\\s*:\\s*(-?[0-9]+)', 1) AS BIGINT))`,
        experiment_name: sql`coalesce(${reader.text('experiment_name')}, ${reader.text(...experimentKeyNames)})`,
        num_iterations: sql`coalesce(${reader.bigint('num_iterations')}, 0)`,
        converged: sql`coalesce(${reader.boolean('converged')}, FALSE)`,
      };
    case 'experiment_iterations': {
      const run = reader.text('evaluation_simulation_id');
      const isTaken = sql`${run} IN (SELECT simulation_id FROM ${chosenRuns})`;
      return {
        ...key,
        evaluation_simulation_id: parts.runs ? sql`CASE WHEN ${isTaken} THEN ${run} END` : sql`NULL`,
      };
    }
    default:
      return key;
  }
}

const eventColumns = (table: Table, { reader }: SourceTable): Given =>
  table.name === 'simulation_events'
    ? { created_at: sql`coalesce(${reader.timestamp('created_at')}, ${reader.timestamp('event_timestamp')})` }
    : {};

const nameOfConfig = (reader: TableReader, first: string, second: string): Sql =>
  sql`coalesce(${reader.text(first)}, ${reader.text(second)}, '')`;

const scenarioColumns = ({ reader }: SourceTable): Given => ({
  config_file: nameOfConfig(reader, 'config_file', 'config_name'),
  config_hash: sql`coalesce(${reader.text('config_hash')}, '')`,
  completed_at: ['completed_at', 'ended_at'],
});

const runColumnsOfScenario = ({ reader }: SourceTable): Given => ({
  config_name: nameOfConfig(reader, 'config_name', 'config_file'),
  config_hash: sql`coalesce(${reader.text('config_hash')}, '')`,
  start_time: ['started_at'],
  end_time: ['completed_at', 'ended_at'],
  total_transactions: ['total_arrivals'],
  total_cost: ['total_cost_cents'],
  experiment_id: ['experiment_run_id'],
  iteration: ['experiment_iteration'],
});

function partOf(table: Table, source: SourceTable, isChosen: Sql, given: Given): PlanPart {
  const columns = new Map<string, Sql>();
  const lost: PlanPart['lost'][number][] = [];
  const zoned: Sql[] = [];
  for (const column of table.columns) {
    const value = given[column.name];
    if (value !== undefined && !Array.isArray(value)) {
      columns.set(column.name, value as Sql);
      continue;
    }
    const names = (value as readonly string[] | undefined) ?? [column.name];
    const name = names.find((each) => source.types.has(each));
    if (name === undefined) continue;
    const raw = sql`t.${ident(name)}`;
    const type = source.types.get(name) ?? '';
    if (type === column.type) {
      columns.set(column.name, raw);
      continue;
    }
    const read = readAs(source.reader, column, name);
    columns.set(column.name, read);
    lost.push({
      column: name,
      test: sql`${raw} IS NOT NULL AND (${read}) IS NULL`,
      stored: sql`${raw}::VARCHAR`,
    });
    if (column.type === 'TIMESTAMP') {
      zoned.push(sql`regexp_matches(${raw}::VARCHAR, '(Z|:[0-9.]+ ?[+-][0-9]{2}(:?[0-9]{2})?)$')`);
    }
  }
  return {
    from: sql`${source.reader.from} WHERE ${isChosen}`,
    orderBy: table.name === 'simulation_events' ? sql`t.tick, t.event_timestamp, t.rowid` : sql`t.rowid`,
    columns,
    lost,
    zoned: zoned.length === 0 ? sql`FALSE` : sql`coalesce(${join(zoned, ' OR ')}, FALSE)`,
  };
}

function readAs(reader: TableReader, { type }: TableColumn, name: string): Sql {
  switch (type) {
    case 'VARCHAR':
      return reader.text(name);
    case 'TIMESTAMP':
      return reader.timestamp(name);
    case 'BIGINT':
      return reader.bigint(name);
    case 'INTEGER':
      return reader.integer(name);
    case 'DOUBLE':
      return reader.double(name);
    case 'BOOLEAN':
      return reader.boolean(name);
  }
}

/** The rows of a part, in the columns of the unified schema. */
export function selectPart(table: Table, part: PlanPart, only: Sql = sql`TRUE`): Sql {
  const items = table.columns.flatMap(({ name, type }) => {
    const value = part.columns.get(name);
    return value === undefined ? [] : [sql`CAST(${value} AS ${trusted(type)}) AS ${ident(name)}`];
  });
  return sql`SELECT ${join(items, ', ')} FROM ${part.from} AND ${only} ORDER BY ${part.orderBy}`;
}
