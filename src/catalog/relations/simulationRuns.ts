import { sql, type Sql, join } from '../../lib/sql.ts';
import type { AttachedFile } from '../tables.ts';
import { selectRelation, type RelationExpressions } from './selectRelation.ts';
import { firstOf, type TableReader, readTable } from './tableReader.ts';

/** Id of the rows that hold policy templates: a catalogue, not a run (domain.md 2.14). */
export const templatesId = 'templates';

const key = [['simulation_id']] as const;

/** `simulation_runs` of A and of the command line; V0's has `run_id` and means something else. */
function readRunsTable(file: AttachedFile) {
  return readTable(file, 'simulation_runs', key, 'r');
}

/** `simulations` in A's or B's shape. */
function readSimulationsTable(file: AttachedFile) {
  return readTable(file, 'simulations', key, 's');
}

type RunExpressions = RelationExpressions<'simulation_runs'>;

/** `simulation_runs`: the command line's eleven columns, or with A's links and totals. */
function fromRuns(table: TableReader): RunExpressions {
  return {
    simulation_id: table.text('simulation_id'),
    experiment_id: table.text('experiment_id'),
    iteration: table.integer('iteration'),
    purpose: table.text('run_purpose'),
    sample_index: table.integer('sample_index'),
    rng_seed: table.bigint('rng_seed'),
    ticks_per_day: table.integer('ticks_per_day'),
    day_count: table.integer('num_days'),
    arrivals: table.count('total_transactions'),
    settlements: table.count('total_settlements'),
    total_cost_cents: table.bigint('total_cost'),
    status: table.text('status'),
    started_at: table.text('start_time'),
    ended_at: table.text('end_time'),
    config_name: table.text('config_name'),
    config_json: sql`NULL`,
    description: table.text('description'),
  };
}

/** `simulations`: A's shape (`completed_at`, `config_file`) or B's (`ended_at`, links to the experiment). */
function fromSimulations(table: TableReader): RunExpressions {
  return {
    simulation_id: table.text('simulation_id'),
    experiment_id: table.text('experiment_run_id'),
    iteration: table.integer('experiment_iteration'),
    purpose: sql`NULL`,
    sample_index: sql`NULL`,
    rng_seed: table.bigint('rng_seed'),
    ticks_per_day: table.integer('ticks_per_day'),
    day_count: table.integer('num_days'),
    arrivals: table.count('total_arrivals'),
    settlements: table.count('total_settlements'),
    total_cost_cents: table.bigint('total_cost_cents'),
    status: table.text('status'),
    started_at: table.text('started_at'),
    ended_at: table.text('ended_at', 'completed_at'),
    config_name: firstOf(table.text('config_name'), table.text('config_file')),
    config_json: table.text('config_json'),
    description: table.text('description'),
  };
}

/** Column by column, the first that is not NULL. */
function merged(first: RunExpressions, second: RunExpressions): RunExpressions {
  const both = (column: keyof RunExpressions) => firstOf(first[column], second[column]);
  return {
    simulation_id: first.simulation_id,
    experiment_id: both('experiment_id'),
    iteration: both('iteration'),
    purpose: both('purpose'),
    sample_index: both('sample_index'),
    rng_seed: both('rng_seed'),
    ticks_per_day: both('ticks_per_day'),
    day_count: both('day_count'),
    arrivals: both('arrivals'),
    settlements: both('settlements'),
    total_cost_cents: both('total_cost_cents'),
    status: both('status'),
    started_at: both('started_at'),
    ended_at: both('ended_at'),
    config_name: both('config_name'),
    config_json: both('config_json'),
    description: both('description'),
  };
}

/**
 * One row per stored run. A standalone run is written to `simulations` and to `simulation_runs` under one id
 * (domain.md 2.7), each with columns that the other lacks: joined from the side of `simulation_runs`, then the
 * rest of `simulations`, so that a filter on the id reaches both tables (a full join would stop it).
 */
export function simulationRuns(file: AttachedFile): Sql | undefined {
  const runs = readRunsTable(file);
  const simulations = readSimulationsTable(file);
  const select = (expressions: RunExpressions, from: Sql) =>
    selectRelation('simulation_runs', file.fileId, expressions, from);
  const idOf = (table: TableReader | undefined) => table?.text('simulation_id') ?? sql`NULL`;
  const [runId, simulationId] = [idOf(runs), idOf(simulations)];
  // A row without an id is kept here: it is counted among what cannot be read.
  const onlyRuns = sql`${runId} IS DISTINCT FROM ${templatesId}`;
  const onlySimulations = sql`${simulationId} IS DISTINCT FROM ${templatesId}`;
  if (runs === undefined) {
    if (simulations === undefined) return undefined;
    return select(fromSimulations(simulations), sql`${simulations.from} WHERE ${onlySimulations}`);
  }
  if (simulations === undefined) return select(fromRuns(runs), sql`${runs.from} WHERE ${onlyRuns}`);
  const joined = select(
    merged(fromRuns(runs), fromSimulations(simulations)),
    sql`${runs.from} LEFT JOIN ${simulations.from} ON ${simulationId} = ${runId} WHERE ${onlyRuns}`,
  );
  const rest = select(
    fromSimulations(simulations),
    sql`${simulations.from} ANTI JOIN ${runs.from} ON ${simulationId} = ${runId} WHERE ${onlySimulations}`,
  );
  return sql`${joined} UNION ALL ${rest}`;
}

/** Rows of `children` whose run no table of runs knows. */
function orphansOf(file: AttachedFile, children: TableReader): Sql {
  const id = children.text('simulation_id');
  const parents = [readRunsTable(file), readSimulationsTable(file)]
    .filter((table) => table !== undefined)
    .map(
      (table) =>
        sql`AND ${id} NOT IN (SELECT i FROM (SELECT ${table.text('simulation_id')} AS i FROM ${table.from})
          WHERE i IS NOT NULL)`,
    );
  return sql`${children.from} WHERE ${id} <> ${templatesId} ${join(parents, ' ')}`;
}

function fromTransactions(file: AttachedFile): Sql | undefined {
  const table = readTable(file, 'transactions', [['simulation_id'], ['status']]);
  if (table === undefined) return undefined;
  const day = table.integer('arrival_day');
  return sql`SELECT ${table.text('simulation_id')} AS id, count(*) AS transactions,
    count(*) FILTER (${table.text('status')} = 'settled') AS settled, NULL::BIGINT AS events,
    min(${day}) AS first_day, max(${day}) AS last_day
    FROM ${orphansOf(file, table)} GROUP BY ALL`;
}

function fromEvents(file: AttachedFile): Sql | undefined {
  const table = readTable(file, 'simulation_events', [['simulation_id'], ['tick']]);
  if (table === undefined) return undefined;
  const day = table.integer('day');
  return sql`SELECT ${table.text('simulation_id')} AS id, NULL::BIGINT AS transactions, NULL::BIGINT AS settled,
    count(*) AS events, min(${day}) AS first_day, max(${day}) AS last_day
    FROM ${orphansOf(file, table)} GROUP BY ALL`;
}

/**
 * Runs known by their children alone: the process was killed before it wrote their row (domain.md 0.14). Scans
 * both tables of children when asked, and only then. A count is NULL where the file has no such table.
 */
export function orphanRuns(file: AttachedFile): Sql | undefined {
  const transactions = fromTransactions(file);
  const events = fromEvents(file);
  const children = [transactions, events].filter((part) => part !== undefined);
  if (children.length === 0) return undefined;
  const total = (column: Sql, part: Sql | undefined) =>
    part === undefined ? sql`NULL` : sql`coalesce(sum(${column}), 0)`;
  return selectRelation(
    'orphan_runs',
    file.fileId,
    {
      simulation_id: sql`id`,
      transaction_count: total(sql`transactions`, transactions),
      settled_count: total(sql`settled`, transactions),
      event_count: total(sql`events`, events),
      first_day: sql`min(first_day)`,
      last_day: sql`max(last_day)`,
    },
    sql`(${join(children, ' UNION ALL ')}) GROUP BY id`,
  );
}
