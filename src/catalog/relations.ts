import { checkedTableNames, checkedTables, type CheckedTable } from '../schema/models/checkedTables.ts';

/** Columns of the `stored_*` relations: those of the models, with the file and the row's place in its table. */
type StoredRelation = `stored_${CheckedTable}`;

function relationColumnsOf(name: CheckedTable): Readonly<Record<string, string>> {
  const columns = checkedTables[name].columns.map(
    ({ name: column, type }) => [column, type === 'TIMESTAMP' ? 'VARCHAR' : type] as const,
  );
  return { file_id: 'VARCHAR', row_order: 'BIGINT', ...Object.fromEntries(columns) };
}

const storedColumns = Object.fromEntries(
  checkedTableNames.map((name) => [`stored_${name}`, relationColumnsOf(name)]),
) as Readonly<Record<StoredRelation, Readonly<Record<string, string>>>>;

/**
 * The relations that `install.ts` creates in the engine's own in-memory database, united over all open files.
 * Every query reads these names and columns and nothing else; a column that a file's dialect lacks is NULL.
 * JSON stays text here (the browser's engine has no JSON functions); `lib/json.ts` parses it in TypeScript.
 */
export const relationColumns = {
  /** One run of the optimisation loop, as stored. */
  experiments: {
    file_id: 'VARCHAR',
    experiment_id: 'VARCHAR',
    experiment_name: 'VARCHAR',
    experiment_type: 'VARCHAR',
    config: 'VARCHAR',
    /** Column of schema A; prefer the one inside `config` when they differ (domain.md 2.3). */
    master_seed: 'BIGINT',
    /** Naive local time, ISO text with a `T`; TIMESTAMP columns are rendered to the same form. */
    created_at: 'VARCHAR',
    completed_at: 'VARCHAR',
    stored_num_iterations: 'BIGINT',
    stored_converged: 'BOOLEAN',
    convergence_reason: 'VARCHAR',
    stored_final_cost_cents: 'BIGINT',
    stored_best_cost_cents: 'BIGINT',
    /** Stored values that this row could not take over (`relations/tableReader.ts`); NULL where there are none. */
    unreadable: 'VARCHAR',
  },
  /** One iteration: the policies in force BEFORE its optimisation. */
  iterations: {
    file_id: 'VARCHAR',
    experiment_id: 'VARCHAR',
    iteration: 'INTEGER',
    costs_per_agent: 'VARCHAR',
    accepted_changes: 'VARCHAR',
    policies: 'VARCHAR',
    recorded_at: 'VARCHAR',
    evaluation_simulation_id: 'VARCHAR',
    unreadable: 'VARCHAR',
  },
  /** Cost of one agent in one iteration. */
  iteration_costs: {
    file_id: 'VARCHAR',
    experiment_id: 'VARCHAR',
    iteration: 'INTEGER',
    /** The agent id as it stands between the quotes of the JSON text, escapes and all. */
    agent_key: 'VARCHAR',
    /** NULL when the text is not an integer number of cents. */
    cost_cents: 'BIGINT',
    value_text: 'VARCHAR',
  },
  experiment_events: {
    file_id: 'VARCHAR',
    experiment_id: 'VARCHAR',
    /** Insertion order within the file. */
    event_id: 'BIGINT',
    iteration: 'INTEGER',
    event_type: 'VARCHAR',
    event_data: 'VARCHAR',
    recorded_at: 'VARCHAR',
    unreadable: 'VARCHAR',
  },
  /** One judged proposal (`policy_evaluations`); costs widened to BIGINT. */
  evaluations: {
    file_id: 'VARCHAR',
    experiment_id: 'VARCHAR',
    iteration: 'INTEGER',
    agent_id: 'VARCHAR',
    evaluation_mode: 'VARCHAR',
    proposed_policy: 'VARCHAR',
    old_cost_cents: 'BIGINT',
    new_cost_cents: 'BIGINT',
    context_cost_cents: 'BIGINT',
    accepted: 'BOOLEAN',
    acceptance_reason: 'VARCHAR',
    /** Sum over samples of old - new: positive = the proposal is cheaper. */
    delta_sum_cents: 'BIGINT',
    sample_count: 'INTEGER',
    sample_details: 'VARCHAR',
    scenario_seed: 'BIGINT',
    recorded_at: 'VARCHAR',
    settlement_rate: 'DOUBLE',
    avg_delay: 'DOUBLE',
    cost_breakdown: 'VARCHAR',
    new_cost_std_dev_cents: 'BIGINT',
    /** JSON `[lower, upper]`, 95 % interval of the mean NEW cost. */
    new_cost_interval: 'VARCHAR',
    agent_stats: 'VARCHAR',
    unreadable: 'VARCHAR',
  },
  /** One stored simulation run (`simulation_runs` of A and of command-line files, `simulations` of B). */
  simulation_runs: {
    file_id: 'VARCHAR',
    simulation_id: 'VARCHAR',
    experiment_id: 'VARCHAR',
    /** Only where a column says so; otherwise linked later (`domain/runLinks/`). */
    iteration: 'INTEGER',
    purpose: 'VARCHAR',
    sample_index: 'INTEGER',
    /** As stored: 0 in every B file, where the `simulation_run` event has the true one. */
    rng_seed: 'BIGINT',
    ticks_per_day: 'INTEGER',
    day_count: 'INTEGER',
    arrivals: 'BIGINT',
    settlements: 'BIGINT',
    total_cost_cents: 'BIGINT',
    status: 'VARCHAR',
    started_at: 'VARCHAR',
    ended_at: 'VARCHAR',
    config_name: 'VARCHAR',
    config_json: 'VARCHAR',
    /** Free words; our lab leaves its mark here (`domain/labMark.ts`). */
    description: 'VARCHAR',
    unreadable: 'VARCHAR',
  },
  /** One simulation event; order by `tick, event_timestamp, row_order`. */
  simulation_events: {
    file_id: 'VARCHAR',
    simulation_id: 'VARCHAR',
    tick: 'INTEGER',
    event_timestamp: 'TIMESTAMP',
    row_order: 'BIGINT',
    event_type: 'VARCHAR',
    agent_id: 'VARCHAR',
    tx_id: 'VARCHAR',
    details: 'VARCHAR',
    unreadable: 'VARCHAR',
  },
  /** One payment as stored at the end of a day or of the run: what a killed run leaves behind. */
  transactions: {
    file_id: 'VARCHAR',
    simulation_id: 'VARCHAR',
    tx_id: 'VARCHAR',
    sender_id: 'VARCHAR',
    receiver_id: 'VARCHAR',
    amount_cents: 'BIGINT',
    priority: 'INTEGER',
    arrival_tick: 'INTEGER',
    deadline_tick: 'INTEGER',
    settlement_tick: 'INTEGER',
    status: 'VARCHAR',
    parent_tx_id: 'VARCHAR',
    row_order: 'BIGINT',
    unreadable: 'VARCHAR',
  },
  /** A simulation id that children (events, transactions) name and no run row does: the process was killed. */
  orphan_runs: {
    file_id: 'VARCHAR',
    simulation_id: 'VARCHAR',
    transaction_count: 'BIGINT',
    settled_count: 'BIGINT',
    event_count: 'BIGINT',
    first_day: 'INTEGER',
    last_day: 'INTEGER',
  },
  /** A row that is not in `iterations`, as it cannot be told which iteration, or of which experiment, it is. */
  unplaced_iterations: {
    file_id: 'VARCHAR',
    /** NULL: it may be of any. */
    experiment_id: 'VARCHAR',
  },
  /** One stored value that cannot be read, or one missing where a row cannot do without. */
  unreadable_cells: {
    file_id: 'VARCHAR',
    relation: 'VARCHAR',
    column_name: 'VARCHAR',
    /** NULL: no value is stored where one must be. */
    stored_text: 'VARCHAR',
    /** The row is in no relation, as it cannot be told what it is about. */
    row_left_out: 'BOOLEAN',
    experiment_id: 'VARCHAR',
    simulation_id: 'VARCHAR',
    iteration: 'INTEGER',
    agent_id: 'VARCHAR',
    tick: 'INTEGER',
    event_id: 'BIGINT',
    tx_id: 'VARCHAR',
  },
  /** One column of one table, as the file declares it. */
  stored_types: {
    file_id: 'VARCHAR',
    /** Under which the engine knows the file, and the schema that is read. */
    database_name: 'VARCHAR',
    schema_name: 'VARCHAR',
    table_name: 'VARCHAR',
    column_name: 'VARCHAR',
    data_type: 'VARCHAR',
  },
  /** `stored_{table}`: rows of a run beside its events, in the unified schema's own columns, with their place. */
  ...storedColumns,
} as const;

export type RelationName = keyof typeof relationColumns;

/** Columns that say what a row is about: one that lacks any of them is in `unreadable_cells` alone. */
export const relationKeys: Partial<Record<RelationName, readonly string[]>> = {
  experiments: ['experiment_id'],
  iterations: ['experiment_id', 'iteration'],
  iteration_costs: ['experiment_id', 'iteration', 'agent_key'],
  experiment_events: ['experiment_id', 'event_id', 'iteration', 'event_type'],
  evaluations: ['experiment_id', 'iteration', 'agent_id'],
  simulation_runs: ['simulation_id'],
  simulation_events: ['simulation_id', 'tick', 'event_type'],
  transactions: ['simulation_id', 'tx_id'],
  orphan_runs: ['simulation_id'],
};
