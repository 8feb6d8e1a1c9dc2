/** What a check of runs reads: which runs, what each started from, and its rows in blocks, as a long run is never held whole. */
import type { EventText, Hindrance, Obstacle, RunInputs, Violation } from '../domain/answers/resimulation.ts';
import { labRules, rulesOfMark } from '../domain/labMark.ts';
import { checkMoneyTypes } from '../domain/replay/money.ts';
import type { Engine } from '../engine/engine.ts';
import {
  bigInt,
  boolean,
  decodeRows,
  double,
  int,
  nullable,
  text,
  type Column,
  money,
  queryRows,
} from '../engine/rows.ts';
import { agentId, simulationId, type ExperimentId, type FileId, type SimulationId } from '../lib/ids.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { ident, join, sql } from '../lib/sql.ts';
import { checkedTables, type CheckedTable } from '../schema/models/checkedTables.ts';
import type { TableColumn } from '../schema/table.ts';
import { eventsOfRun } from './read/eventFields.ts';
import { runsOfExperiment } from './read/runRows.ts';
import type { RunScope } from './scope.ts';

/** Where a block ended; the next one starts behind it. */
export interface EventCursor {
  readonly tick: number;
  /** Microseconds of the writer's clock. */
  readonly writtenUs: number;
  readonly row: number;
}

interface EventBlock {
  readonly events: readonly EventText[];
  /** Undefined when there is no more. */
  readonly next: EventCursor | undefined;
}

/** The clock of the writer, which breaks ties within a tick; a row without it comes first. */
const clock = sql`coalesce(epoch_us(event_timestamp), 0)`;

const eventSpec = {
  tick: int,
  writtenUs: int,
  rowOrder: int,
  eventType: text,
  agentId: nullable(text),
  txId: nullable(text),
  details: text,
};

/** One row is one event of a run, in the true order; details that are NULL are a text that cannot be read. */
export async function eventBlock(
  engine: Engine,
  params: RunScope,
  after: EventCursor | undefined,
  limit: number,
  signal?: AbortSignal,
): Promise<EventBlock> {
  const behind =
    after === undefined
      ? sql``
      : sql`AND tick >= ${after.tick} AND (tick > ${after.tick} OR ${clock} > ${after.writtenUs}
          OR (${clock} = ${after.writtenUs} AND row_order > ${after.row}))`;
  const statement = sql`SELECT tick, ${clock} AS written_us, row_order, event_type, agent_id, tx_id,
      coalesce(details, '') AS details FROM ${eventsOfRun(params)} ${behind} ORDER BY tick, written_us, row_order LIMIT ${limit}`;
  const rows = decodeRows(await engine.query(statement, signal), eventSpec);
  const last = rows.at(-1);
  return {
    events: rows.map(({ tick, eventType, agentId, txId, details }) => ({
      tick,
      eventType,
      agentId,
      txId,
      details,
    })),
    next:
      last === undefined || rows.length < limit
        ? undefined
        : { tick: last.tick, writtenUs: last.writtenUs, row: last.rowOrder },
  };
}

/** Cells of one row by field of the table's model; not yet held against the model. */
type RawRow = Readonly<Record<string, unknown>>;

interface RowBlock {
  readonly rows: readonly RawRow[];
  /** Undefined when there is no more. */
  readonly next: number | undefined;
}

function cellOf(column: TableColumn): Column<unknown> {
  switch (column.type) {
    case 'VARCHAR':
    case 'TIMESTAMP':
      return nullable(text);
    case 'BIGINT':
      return column.exact ? nullable(bigInt) : nullable(int);
    case 'INTEGER':
      return nullable(int);
    case 'DOUBLE':
      return nullable(double);
    case 'BOOLEAN':
      return nullable(boolean);
  }
}

/** One row is one row of the run in a table of the unified schema, in the order in which it was written. */
export async function rowBlock(
  engine: Engine,
  params: RunScope,
  table: CheckedTable,
  after: number | undefined,
  limit: number,
  signal?: AbortSignal,
): Promise<RowBlock> {
  const { columns } = checkedTables[table];
  const names = join(
    columns.map(({ name }) => ident(name)),
    ', ',
  );
  const statement = sql`SELECT row_order, ${names} FROM ${ident(`stored_${table}`)}
    WHERE file_id = ${params.fileId} AND simulation_id = ${params.simulationId}
      ${after === undefined ? sql`` : sql`AND row_order > ${after}`}
    ORDER BY row_order LIMIT ${limit}`;
  const result = await engine.query(statement, signal);
  const readers = columns.map((column) => ({
    field: column.field,
    index: result.columns.indexOf(column.name),
    column: cellOf(column),
  }));
  const places = result.columns.indexOf('row_order');
  const rows = Array.from({ length: result.rowCount }, (_, row) =>
    Object.fromEntries(
      readers
        .map(({ field, index, column }) => [field, column.read(result.cell(index, row))] as const)
        .filter(([, value]) => value !== undefined),
    ),
  );
  const next = rows.length < limit ? undefined : int.read(result.cell(places, rows.length - 1));
  return { rows, next };
}

const spec = {
  simulationId: text,
  description: nullable(text),
  configJson: nullable(text),
  rngSeed: nullable(bigInt),
  arrivals: nullable(int),
  settlements: nullable(int),
  totalCostCents: nullable(money),
};

const hindered = (obstacle: Obstacle, detail?: string) => err<Hindrance>({ obstacle, detail });

/** What a run of our lab started from; or why nobody can start it again. */
export async function runInputs(
  engine: Engine,
  params: RunScope,
  signal?: AbortSignal,
): Promise<Result<RunInputs, Hindrance>> {
  const ofRun = sql`file_id = ${params.fileId} AND simulation_id = ${params.simulationId}`;
  const statement = sql`SELECT simulation_id, description, config_json, rng_seed, arrivals, settlements,
    total_cost_cents FROM simulation_runs WHERE ${ofRun} LIMIT 1`;
  const [row] = await queryRows(engine, statement, spec, signal);
  if (row === undefined) return hindered('no-row');
  const rules = rulesOfMark(row.description);
  if (rules === undefined) return hindered('not-our-lab');
  if (rules !== labRules) return hindered('other-rules', `rules ${rules}, this app has rules ${labRules}`);
  const counting = sql`SELECT count(*) AS events FROM ${eventsOfRun(params)}`;
  const [count] = await queryRows(engine, counting, { events: int }, signal);
  if (row.configJson === undefined) return hindered('no-scenario');
  if (row.rngSeed === undefined) return hindered('no-seed');
  const policies = await queryRows(
    engine,
    sql`SELECT agent_id, snapshot_tick, policy_json FROM stored_policy_snapshots
      WHERE ${ofRun} ORDER BY row_order`,
    { agentId: text, snapshotTick: int, policyJson: text },
    signal,
  );
  // Policies are stored with the events, at the same level.
  if (count === undefined || count.events === 0)
    return hindered(policies.length === 0 ? 'no-events' : 'events-gone');
  return ok({
    simulationId: simulationId(row.simulationId),
    configJson: row.configJson,
    policies: policies.map((policy) => ({
      agentId: agentId(policy.agentId),
      fromTick: policy.snapshotTick,
      policyJson: policy.policyJson,
    })),
    seed: row.rngSeed,
    eventCount: count.events,
    totals: {
      totalTransactions: row.arrivals ?? 0,
      totalSettlements: row.settlements,
      totalCostCents: row.totalCostCents,
    },
  });
}

export interface CheckScope {
  readonly fileId: FileId;
  /** Left out: all runs of the file. */
  readonly experimentId?: ExperimentId | undefined;
}

/** The runs to check, one id a row, in the order in which they were run. */
export async function checkedRuns(
  engine: Engine,
  { fileId, experimentId }: CheckScope,
  signal?: AbortSignal,
): Promise<readonly SimulationId[]> {
  const condition =
    experimentId === undefined ? sql`file_id = ${fileId}` : runsOfExperiment({ fileId, experimentId });
  const statement = sql`SELECT simulation_id FROM simulation_runs WHERE ${condition}
    ORDER BY started_at, iteration, simulation_id`;
  const rows = await queryRows(engine, statement, { simulationId: text }, signal);
  return rows.map((row) => simulationId(row.simulationId));
}

/** INV-1 over a file's columns and over the costs of its iterations: money that is not a whole number of cents. */
export async function moneyOfFile(
  engine: Engine,
  { fileId }: CheckScope,
  signal?: AbortSignal,
): Promise<readonly Violation[]> {
  const types = await queryRows(
    engine,
    sql`SELECT table_name, column_name, data_type FROM stored_types WHERE file_id = ${fileId}`,
    { tableName: text, columnName: text, dataType: text },
    signal,
  );
  const broken = await queryRows(
    engine,
    sql`SELECT experiment_id, iteration, agent_key FROM iteration_costs
      WHERE file_id = ${fileId} AND cost_cents IS NULL ORDER BY ALL LIMIT 20`,
    { experimentId: text, iteration: int, agentKey: text },
    signal,
  );
  return [
    ...checkMoneyTypes(types),
    ...broken.map(({ experimentId, iteration, agentKey }): Violation => ({
      invariant: 'INV-1',
      subject: experimentId,
      message: `iteration ${iteration}, ${agentKey}: the cost is not a whole number of cents`,
      table: 'experiment_iterations',
    })),
  ];
}
