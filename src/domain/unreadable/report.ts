/** One stored value that cannot be read, with its place in the file: plain data for a count or a report. */
export interface UnreadableCell {
  readonly table: string;
  readonly column: string;
  /** The row: names and values of its key columns. */
  readonly rowKey: Readonly<Record<string, string>>;
  /** Undefined: no value is stored where the row cannot do without one. */
  readonly stored: string | undefined;
  /** The row is in no answer, as it cannot be told what it is about. */
  readonly isRowLeftOut: boolean;
}

export interface UnreadableReport {
  /** At most so many as were asked for. */
  readonly cells: readonly UnreadableCell[];
  readonly cellCount: number;
  readonly rowsLeftOut: number;
  /** `table.column`, of columns that a table of the file must have and lacks. */
  readonly missingColumns: readonly string[];
}

const tableNames: Readonly<Record<string, string>> = {
  iterations: 'experiment_iterations',
  evaluations: 'policy_evaluations',
};

/** A relation's table in the file. */
export const storedTableOf = (relation: string): string => tableNames[relation] ?? relation;

/** Columns without which a table tells little; one name of a group is enough. */
const expected: Readonly<Record<string, readonly (readonly string[])[]>> = {
  experiments: [['experiment_id', 'run_id'], ['config'], ['completed_at']],
  experiment_iterations: [['experiment_id', 'run_id'], ['iteration'], ['costs_per_agent'], ['policies']],
  experiment_events: [['experiment_id', 'run_id'], ['id'], ['iteration'], ['event_type'], ['event_data']],
  policy_evaluations: [
    ['experiment_id', 'run_id'],
    ['iteration'],
    ['agent_id'],
    ['accepted'],
    ['old_cost'],
    ['new_cost'],
    ['delta_sum'],
    ['num_samples'],
    ['proposed_policy'],
  ],
  simulation_runs: [['simulation_id']],
  simulation_events: [['simulation_id'], ['tick'], ['event_type'], ['details']],
  transactions: [['simulation_id'], ['tx_id'], ['sender_id'], ['receiver_id'], ['amount']],
};

/** What the tables of a file lack; a table that is not there at all lacks nothing. */
export function missingColumns(tables: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  return Object.entries(expected).flatMap(([table, groups]) => {
    const columns = tables.get(table);
    if (columns === undefined) return [];
    return groups
      .filter((names) => !names.some((name) => columns.has(name)))
      .map((names) => `${table}.${names.join(' or ')}`);
  });
}
