import { join, sql, type Sql } from '../../lib/sql.ts';
import type { RelationName } from '../relations.ts';
import type { AttachedFile } from '../tables.ts';
import { orphanRuns, simulationRuns, templatesId } from './simulationRuns.ts';
import { selectRelation } from './selectRelation.ts';
import { experimentKeyNames, readTable, type TableReader, integerOfText } from './tableReader.ts';
import { checkedTableNames, checkedTables, type CheckedTable } from '../../schema/models/checkedTables.ts';
import type { TableColumn } from '../../schema/table.ts';

/**
 * Tables of the unified schema as a file has them, for the checks that hold the rows of a run against its
 * events. Columns come from the models; one that a file lacks is NULL, and the model then refuses the row.
 */
function read(table: TableReader, { name, type }: TableColumn): Sql {
  switch (type) {
    case 'VARCHAR':
    case 'TIMESTAMP':
      return table.text(name);
    case 'BIGINT':
      return table.bigint(name);
    case 'INTEGER':
      return table.integer(name);
    case 'DOUBLE':
      return table.double(name);
    case 'BOOLEAN':
      return table.boolean(name);
  }
}

function storedTable(file: AttachedFile, name: CheckedTable): Sql | undefined {
  const table = readTable(file, name, [['simulation_id']]);
  if (table === undefined) return undefined;
  const expressions = checkedTables[name].columns.map(
    (column) => [column.name, read(table, column)] as const,
  );
  return selectRelation(
    `stored_${name}`,
    file.fileId,
    { ...Object.fromEntries(expressions), row_order: sql`t.rowid` },
    sql`${table.from} WHERE ${table.text('simulation_id')} <> ${templatesId}`,
  );
}

const storedTableBuilders = checkedTableNames.map(
  (name) => [`stored_${name}`, (file: AttachedFile) => storedTable(file, name)] as const,
);

/** `policy_evaluations`: B's with 15 or 21 columns, or ours in a file of schema A. */
function evaluations(file: AttachedFile): Sql | undefined {
  const table = readTable(file, 'policy_evaluations', [experimentKeyNames, ['iteration'], ['agent_id']]);
  if (table === undefined) return undefined;
  return selectRelation(
    'evaluations',
    file.fileId,
    {
      experiment_id: table.text(...experimentKeyNames),
      iteration: table.integer('iteration'),
      agent_id: table.text('agent_id'),
      evaluation_mode: table.text('evaluation_mode'),
      proposed_policy: table.text('proposed_policy'),
      old_cost_cents: table.bigint('old_cost'),
      new_cost_cents: table.bigint('new_cost'),
      context_cost_cents: table.bigint('context_simulation_cost'),
      accepted: table.boolean('accepted'),
      acceptance_reason: table.text('acceptance_reason'),
      delta_sum_cents: table.bigint('delta_sum'),
      sample_count: table.integer('num_samples'),
      sample_details: table.text('sample_details'),
      scenario_seed: table.bigint('scenario_seed'),
      recorded_at: table.text('timestamp'),
      settlement_rate: table.double('settlement_rate'),
      avg_delay: table.double('avg_delay'),
      cost_breakdown: table.text('cost_breakdown'),
      new_cost_std_dev_cents: table.bigint('cost_std_dev'),
      new_cost_interval: table.text('confidence_interval_95'),
      agent_stats: table.text('agent_stats'),
    },
    table.from,
  );
}

const string = String.raw`"(?:[^"\\]|\\.)*"`;
/** A key and its value. A value that is an object or a list is taken whole, so that nothing inside it is a key. */
const pair = String.raw`"((?:[^"\\]|\\.)*)"\s*:\s*(${string}|\{(?:[^{}"]|${string})*\}|\[(?:[^\[\]"]|${string})*\]|[^\s,{}\[\]"]+)`;

/**
 * `costs_per_agent` (`{"BANK_A": 5000}`) taken apart by core functions: this engine has no JSON ones, and
 * they would round integers beyond 2^53.
 */
function iterationCosts(file: AttachedFile): Sql | undefined {
  const table = readTable(file, 'experiment_iterations', [
    experimentKeyNames,
    ['iteration'],
    ['costs_per_agent'],
  ]);
  if (table === undefined) return undefined;
  const costs = table.text('costs_per_agent');
  return selectRelation(
    'iteration_costs',
    file.fileId,
    {
      experiment_id: sql`experiment_id`,
      iteration: sql`iteration`,
      agent_key: sql`agent_key`,
      cost_cents: integerOfText(sql`value_text`),
      value_text: sql`value_text`,
    },
    sql`(SELECT ${table.text(...experimentKeyNames)} AS experiment_id, ${table.integer('iteration')} AS iteration,
      unnest(regexp_extract_all(${costs}, ${pair}, 1)) AS agent_key,
      unnest(regexp_extract_all(${costs}, ${pair}, 2)) AS value_text
      FROM ${table.from})`,
  );
}

/** `transactions` of schema A and of the command line; B has none (domain.md 2.9). */
function transactions(file: AttachedFile): Sql | undefined {
  const table = readTable(file, 'transactions', [['simulation_id'], ['tx_id'], ['sender_id']]);
  if (table === undefined) return undefined;
  return selectRelation(
    'transactions',
    file.fileId,
    {
      simulation_id: table.text('simulation_id'),
      tx_id: table.text('tx_id'),
      sender_id: table.text('sender_id'),
      receiver_id: table.text('receiver_id'),
      amount_cents: table.bigint('amount'),
      priority: table.integer('priority'),
      arrival_tick: table.integer('arrival_tick'),
      deadline_tick: table.integer('deadline_tick'),
      settlement_tick: table.integer('settlement_tick'),
      status: table.text('status'),
      parent_tx_id: table.text('parent_tx_id'),
      row_order: sql`rowid`,
    },
    sql`${table.from} WHERE ${table.text('simulation_id')} IS DISTINCT FROM ${templatesId}`,
  );
}

/** `experiments` of A and B; B has neither seed nor cost columns (domain.md 3.2). */
function experiments(file: AttachedFile): Sql | undefined {
  const table = readTable(file, 'experiments', [experimentKeyNames]);
  if (table === undefined) return undefined;
  const id = table.text(...experimentKeyNames);
  return selectRelation(
    'experiments',
    file.fileId,
    {
      experiment_id: id,
      experiment_name: sql`coalesce(${table.text('experiment_name')}, ${id})`,
      experiment_type: table.text('experiment_type'),
      config: table.text('config'),
      master_seed: table.bigint('master_seed'),
      created_at: table.text('created_at'),
      completed_at: table.text('completed_at'),
      stored_num_iterations: table.count('num_iterations'),
      stored_converged: table.boolean('converged'),
      convergence_reason: table.text('convergence_reason'),
      stored_final_cost_cents: table.bigint('final_cost'),
      stored_best_cost_cents: table.bigint('best_cost'),
    },
    table.from,
  );
}

/** `simulation_events`, alike in every layout; the row's place in the table breaks ties of the clock. */
function simulationEvents(file: AttachedFile): Sql | undefined {
  const table = readTable(file, 'simulation_events', [['simulation_id'], ['tick'], ['event_type']]);
  if (table === undefined) return undefined;
  return selectRelation(
    'simulation_events',
    file.fileId,
    {
      simulation_id: table.text('simulation_id'),
      tick: table.integer('tick'),
      event_timestamp: table.timestamp('event_timestamp'),
      row_order: sql`rowid`,
      event_type: table.text('event_type'),
      agent_id: table.text('agent_id'),
      tx_id: table.text('tx_id'),
      details: table.text('details'),
    },
    table.from,
  );
}

/** `experiment_iterations` of A and B; only A can name its evaluation run. */
function iterations(file: AttachedFile): Sql | undefined {
  const table = readTable(file, 'experiment_iterations', [experimentKeyNames, ['iteration']]);
  if (table === undefined) return undefined;
  return selectRelation(
    'iterations',
    file.fileId,
    {
      experiment_id: table.text(...experimentKeyNames),
      iteration: table.integer('iteration'),
      costs_per_agent: table.text('costs_per_agent'),
      accepted_changes: table.text('accepted_changes'),
      policies: table.text('policies'),
      recorded_at: table.text('timestamp'),
      evaluation_simulation_id: table.text('evaluation_simulation_id'),
    },
    table.from,
  );
}

/** `experiment_events` of A and B; V1's table of that name has `event_id` and `details` instead. */
function experimentEvents(file: AttachedFile): Sql | undefined {
  const table = readTable(file, 'experiment_events', [experimentKeyNames, ['id'], ['event_data']]);
  if (table === undefined) return undefined;
  return selectRelation(
    'experiment_events',
    file.fileId,
    {
      experiment_id: table.text(...experimentKeyNames),
      event_id: table.count('id'),
      iteration: table.integer('iteration'),
      event_type: table.text('event_type'),
      event_data: table.text('event_data'),
      recorded_at: table.text('timestamp'),
    },
    table.from,
  );
}

/** What the file says its columns are: taken over as it was introspected, so nothing is read. */
function storedTypes(file: AttachedFile): Sql | undefined {
  const rows = [...file.tables].flatMap(([table, columns]) =>
    [...columns].map(([column, type]) => sql`(${table}, ${column}, ${type})`),
  );
  if (rows.length === 0) return undefined;
  return selectRelation(
    'stored_types',
    file.fileId,
    {
      database_name: sql`${file.alias}`,
      schema_name: sql`${file.schema}`,
      table_name: sql`table_name`,
      column_name: sql`column_name`,
      data_type: sql`data_type`,
    },
    sql`(VALUES ${join(rows, ', ')}) AS t(table_name, column_name, data_type)`,
  );
}

/** The relation over one attached file, or undefined where the file has no table for it. */
export type RelationBuilder = (file: AttachedFile) => Sql | undefined;

/** Every relation with its builder, parents first. */
export const relationBuilders: readonly (readonly [RelationName, RelationBuilder])[] = [
  ['experiments', experiments],
  ['iterations', iterations],
  ['iteration_costs', iterationCosts],
  ['experiment_events', experimentEvents],
  ['evaluations', evaluations],
  ['simulation_runs', simulationRuns],
  ['simulation_events', simulationEvents],
  ['transactions', transactions],
  ['orphan_runs', orphanRuns],
  ['stored_types', storedTypes],
  ...storedTableBuilders,
];
