import type { SchemaProblem } from './compareSchema.ts';

/** A way in which these models differ from the reference layout (domain.md 2), on purpose. */
export interface LayoutDifference {
  readonly what: string;
  readonly why: string;
  /** Whether `problem`, found in a file of the reference, is this difference. */
  explains(problem: SchemaProblem): boolean;
}

const severalColumns = [
  'idx_exp_event_iter',
  'idx_sim_config_seed',
  'idx_sim_events_sim_tick',
  'idx_sim_events_sim_agent',
  'idx_sim_events_sim_tx',
  'idx_sim_events_sim_type',
  'idx_sim_events_sim_day',
  'idx_sim_events_composite',
  'idx_tx_sim_sender',
  'idx_tx_sim_day',
  'idx_metrics_sim_day',
  'idx_collateral_sim_agent',
  'idx_collateral_sim_day',
  'idx_queue_sim_agent_day',
  'idx_queue_sim_day',
  'idx_agent_state_tick',
  'idx_policy_sim_agent',
  'idx_cp_tick',
  'idx_lsm_sim_day',
  'idx_policy_sim_tick',
  'idx_tick_states_sim_tick',
  'idx_tick_queue_sim_tick',
  'idx_tick_queue_sim_agent',
];
const coveredByForeignKey = [
  'idx_iter_exp',
  'idx_iter_eval_sim',
  'idx_exp_event_exp',
  'idx_sim_experiment',
  'idx_cp_sim',
];
const fewValues = [
  'idx_exp_type',
  'idx_exp_event_type',
  'idx_sim_status',
  'idx_tx_status',
  'idx_collateral_action',
  'idx_policy_created_by',
  'idx_cp_type',
  'idx_lsm_cycle_type',
];

const extraIndex =
  (names: readonly string[]) =>
  (problem: SchemaProblem): boolean =>
    problem.kind === 'unexpected-index' && names.includes(problem.index);

export const layoutDifferences: readonly LayoutDifference[] = [
  {
    what: '`policy_evaluations` is added, keyed by experiment, iteration and agent, with 64-bit costs.',
    why: 'In the reference a rejected proposal leaves no row anywhere, and its later layout cuts costs to 32 bits.',
    explains: (problem) => problem.kind === 'missing-table' && problem.table === 'policy_evaluations',
  },
  {
    what: 'Foreign keys are real.',
    why:
      'The reference only speaks of them. Not declared are two that DuckDB cannot keep: a run to its iteration ' +
      '(the iteration already refers to its run) and a part of a split payment to the whole (both may come in ' +
      'one insert). `policy_snapshots` therefore holds policies of runs only, no catalogue of templates.',
    explains: (problem) => problem.kind === 'missing-foreign-key',
  },
  {
    what: '`experiments` has no index on `converged`.',
    why:
      'Completion updates that column while iterations refer to the row; DuckDB makes delete and insert of an ' +
      'update of an indexed column, and refuses it.',
    explains: extraIndex(['idx_exp_converged']),
  },
  {
    what: 'There are no indexes of several columns but the keys.',
    why:
      'DuckDB never reads them (EXPLAIN ANALYZE, 1.5.6 and 2.0.0). Each takes 256 KB as soon as its table has a ' +
      'row, and six of them made a file of 50,000 events 12.9 MB instead of 5.0 MB. This also ends the collision ' +
      'of two indexes called `idx_policy_sim_agent`, of which the reference only ever makes one.',
    explains: extraIndex(severalColumns),
  },
  {
    what: 'There is no index beside a foreign key on the same column.',
    why: 'A foreign key brings an index of its own, which DuckDB reads.',
    explains: extraIndex(coveredByForeignKey),
  },
  {
    what: 'There are no indexes on types, states and origins.',
    why: 'A few words share all rows between them, so that reading the table is quicker; DuckDB does that anyway.',
    explains: extraIndex(fewValues),
  },
  {
    what: 'Defaults are written into the tables.',
    why: 'The reference keeps them in its records only.',
    explains: (problem) => problem.kind === 'missing-default' && !problem.blocking,
  },
];

/** The difference that a problem found in a file of the reference is, or undefined: then it is a fault. */
export function explainDifference(problem: SchemaProblem): LayoutDifference | undefined {
  return layoutDifferences.find((difference) => difference.explains(problem));
}
