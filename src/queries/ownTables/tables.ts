/**
 * What a reader's own SQL finds beside the relations: tables of what only TypeScript knows, filled when a statement first
 * names them, and one sentence for each name that can be asked.
 */
import { costColumns } from '../run/prepare/tables.ts';
import { relationColumns, type RelationName } from '../../catalog/relations.ts';

/** A column: its type, and what it holds where the name does not say it. */
type OwnColumn = readonly [type: string, says?: string];

export interface OwnTable {
  /** One row is ... */
  readonly oneRowIs: string;
  /** `run`: filled run by run. */
  readonly from: 'answers' | 'run';
  readonly columns: Readonly<Record<string, OwnColumn>>;
}

const file: OwnColumn = ['VARCHAR', 'key of the file; the table files has its name'];
const experiment = { file_id: file, experiment_id: ['VARCHAR'] } as const;
const agentIteration = { ...experiment, iteration: ['INTEGER'], agent_id: ['VARCHAR'] } as const;
const run = { file_id: file, simulation_id: ['VARCHAR'] } as const;
const cost = (says: string): Readonly<Record<string, OwnColumn>> =>
  Object.fromEntries(
    [...costColumns, 'opportunity'].map((column) => [`${column}_cost_cents`, ['BIGINT', says] as const]),
  );
const bounds = (column: string): Readonly<Record<string, OwnColumn>> => ({
  [`${column}_low`]: ['BIGINT', 'where only bounds are known: the lower one'],
  [`${column}_high`]: ['BIGINT', 'where only bounds are known: the higher one'],
});

export const ownTables = {
  files: {
    oneRowIs: 'one open file',
    from: 'answers',
    columns: {
      file_id: ['VARCHAR', 'its key in every other relation'],
      name: ['VARCHAR', 'as the screens name it'],
      schema_name: ['VARCHAR', 'the schema with its raw tables'],
    },
  },
  proposals: {
    oneRowIs: 'one proposed policy of one agent in one iteration, with its verdict',
    from: 'answers',
    columns: {
      ...agentIteration,
      experiment_name: ['VARCHAR'],
      verdict: ['VARCHAR', 'accepted, rejected, no_change, invalid or pending'],
      kind: ['VARCHAR', 'the group of the desk: cheaper, worse, not_significant, ...'],
      verdict_source: ['VARCHAR', 'which record the verdict is from'],
      rejection_kind: ['VARCHAR', 'the rule that turned it down'],
      reason: ['VARCHAR', 'the stored words'],
      old_cost_cents: ['BIGINT', 'under the policy in force'],
      new_cost_cents: ['BIGINT', 'under the proposal'],
      saving_cents: ['BIGINT', 'old minus new cost, of a sample the mean; positive is cheaper'],
      saving_sum_cents: ['BIGINT', 'the exact sum over the samples'],
      sample_count: ['INTEGER'],
      settlement_rate: ['DOUBLE', '0 to 1'],
      new_cost_std_dev_cents: ['BIGINT'],
      miss: ['DOUBLE', 'distance to the other verdict, in miss_unit'],
      miss_unit: ['VARCHAR', 'cost and lower bound are shares of the old cost'],
      miss_cents: ['DOUBLE', 'the same in cents a sample, of money'],
      repeats: ['INTEGER', 'earlier proposals of the same policy by the same agent'],
      policy_conflict: ['VARCHAR', 'what the next policy says against the verdict'],
      note: ['VARCHAR', 'where two records disagree'],
    },
  },
  samples: {
    oneRowIs: 'one sample of a proposal: the same payments under the old and the new policy',
    from: 'answers',
    columns: {
      ...agentIteration,
      sample: ['INTEGER', 'its index'],
      seed: ['HUGEINT'],
      old_cost_cents: ['BIGINT'],
      new_cost_cents: ['BIGINT'],
      saving_cents: ['BIGINT', 'old minus new cost, as stored'],
    },
  },
  policy_parameters: {
    oneRowIs: 'one numeric parameter of one policy: in force, or proposed',
    from: 'answers',
    columns: {
      ...agentIteration,
      policy: ['VARCHAR', 'in force or proposed'],
      verdict: ['VARCHAR', 'of a proposed policy'],
      parameter: ['VARCHAR'],
      value: ['DOUBLE', 'NULL where what is stored is no finite number'],
      stored: ['VARCHAR', 'what is stored in its place'],
    },
  },
  iteration_parameters: {
    oneRowIs: 'one numeric parameter of one agent in force in one iteration, with what the agent paid in it',
    from: 'answers',
    columns: {
      ...agentIteration,
      parameter: ['VARCHAR'],
      value: ['DOUBLE', 'NULL where what is stored is no finite number'],
      stored: ['VARCHAR', 'what is stored in its place'],
      cost_cents: ['BIGINT', 'of the agent in this iteration'],
    },
  },
  costs: {
    oneRowIs: 'the cost of one agent in one iteration, beside that of all agents',
    from: 'answers',
    columns: {
      ...agentIteration,
      experiment_name: ['VARCHAR'],
      cost_cents: ['BIGINT', 'NULL where what is stored is no whole number of cents'],
      total_cents: ['BIGINT', 'of all agents; NULL where one of them is not known'],
      stored: ['VARCHAR', 'what is stored in its place'],
    },
  },
  run_links: {
    oneRowIs: 'one simulation run of an experiment, with the iteration that it belongs to',
    from: 'answers',
    columns: {
      ...run,
      experiment_id: ['VARCHAR'],
      iteration: ['INTEGER', 'NULL where nothing tells it'],
      linked_by: ['VARCHAR', 'how it is known: column, event, seed, id, order or none'],
      purpose: ['VARCHAR'],
      sample: ['INTEGER', 'index of the sample that it played'],
      seed: ['VARCHAR', 'the true seed, exact'],
      arrivals: ['BIGINT'],
      settlements: ['BIGINT'],
      total_cost_cents: ['BIGINT'],
      status: ['VARCHAR'],
    },
  },
  agent_ticks: {
    oneRowIs: 'one agent at the end of one tick of a run',
    from: 'run',
    columns: {
      ...run,
      tick: ['INTEGER'],
      agent_id: ['VARCHAR'],
      balance_cents: ['BIGINT'],
      ...bounds('balance_cents'),
      lowest_so_far_cents: ['BIGINT'],
      posted_collateral_cents: ['BIGINT'],
      unsecured_cap_cents: ['BIGINT'],
      queue1_payments: ['BIGINT'],
      queue1_value_cents: ['BIGINT'],
      queue2_payments: ['BIGINT'],
      queue2_value_cents: ['BIGINT'],
      ...cost('of the tick'),
    },
  },
  payments: {
    oneRowIs: 'one payment of a run with its end; parts of a split payment have rows of their own',
    from: 'run',
    columns: {
      ...run,
      tx_id: ['VARCHAR'],
      sender_id: ['VARCHAR'],
      receiver_id: ['VARCHAR'],
      amount_cents: ['BIGINT'],
      priority: ['INTEGER'],
      arrival_tick: ['INTEGER'],
      deadline_tick: ['INTEGER'],
      settlement_tick: ['INTEGER'],
      delay_ticks: ['INTEGER', 'settlement minus arrival'],
      overdue_tick: ['INTEGER'],
      settled_by: ['VARCHAR', 'immediate, queue 2, bilateral offset, cycle or inferred'],
      status: ['VARCHAR'],
      parent_tx_id: ['VARCHAR', 'of a part: the payment that was split'],
      parts: ['BIGINT', 'into how many it was split'],
    },
  },
  moves: {
    oneRowIs: 'one change of the balance of one agent in a run, in the order of the events',
    from: 'run',
    columns: {
      ...run,
      place: ['BIGINT', 'in the order of the run, from 1'],
      tick: ['INTEGER'],
      agent_id: ['VARCHAR'],
      change_cents: ['BIGINT', 'positive is money in'],
      recorded_before_cents: ['BIGINT', 'the balance before it, where the event records one'],
    },
  },
} as const satisfies Readonly<Record<string, OwnTable>>;

export type OwnTableName = keyof typeof ownTables;
export const ownTableNames = Object.keys(ownTables) as readonly OwnTableName[];
export const ownTable = (name: OwnTableName): OwnTable => ownTables[name];

/** What a column of an own table holds, where its name does not say it. */
export function ownColumnSays(table: string, column: string): string | undefined {
  const columns: Readonly<Record<string, OwnColumn>> | undefined = (
    ownTables as Readonly<Record<string, OwnTable>>
  )[table]?.columns;
  return columns?.[column]?.[1];
}

const relationRows: Readonly<Record<Exclude<RelationName, `stored_${string}`>, string>> = {
  experiments: 'one run of the optimisation loop, as stored',
  iterations: 'one iteration with the policies in force before its optimisation, as JSON text',
  iteration_costs: 'cost of one agent in one iteration, as the JSON text gives it',
  experiment_events: 'one event of the loop: exchanges, decisions, runs',
  evaluations: 'one evaluated proposal with its stored verdict',
  simulation_runs: 'one stored run',
  simulation_events: 'one simulation event; in order by tick, event_timestamp, row_order',
  transactions: 'one payment as stored at the end of a day or of the run',
  orphan_runs: 'a run of which only payments or events are left',
  unplaced_iterations: 'a row that is not in iterations, as it does not say which one it is',
  unreadable_cells: 'one stored value that cannot be read, or one missing where a row cannot do without',
};

/** What one row of each relation is. */
export function relationSentence(name: string): string | undefined {
  if (name === 'stored_types') return 'one column of one table, as the file declares it';
  if (name in relationColumns && name.startsWith('stored_'))
    return `one row of ${name.slice('stored_'.length)}, as stored`;
  return (relationRows as Readonly<Record<string, string | undefined>>)[name];
}

/** Macros for a JSON text that is one object without lists and objects inside; NULL for any other. */
export const ownMacros = [
  { name: 'flat_number', takes: ['json', 'key'], gives: 'the number under a key of a flat JSON object' },
  { name: 'flat_integer', takes: ['json', 'key'], gives: 'the whole number under a key, exact' },
  { name: 'flat_text', takes: ['json', 'key'], gives: 'the text under a key of a flat JSON object' },
  { name: 'flat_keys', takes: ['json'], gives: 'the keys of a flat JSON object, as a list' },
] as const;
