import type { SchemaProblem } from './schemaProblem.ts';

/** A way in which these models differ from the reference layout (domain.md 2), on purpose. */
export interface LayoutDifference {
  readonly what: string;
  readonly why: string;
  /** Whether `problem`, found in a file of the reference, is this difference. */
  explains(problem: SchemaProblem): boolean;
}

/** Tables with one row for each event, payment, register or queue place at a tick. */
const bulkTables = [
  'transactions',
  'agent_state_registers',
  'simulation_events',
  'tick_agent_states',
  'tick_queue_snapshots',
];

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
    explains: (problem) => problem.kind === 'unexpected-index' && problem.index === 'idx_exp_converged',
  },
  {
    what: `${bulkTables.map((name) => `\`${name}\``).join(', ')} have no index but their key.`,
    why:
      'DuckDB never reads an index of several columns (measured with 1.5.6), and six of them made a file of ' +
      '50,000 events 12.9 MB instead of 5.0 MB; the index on the status of a payment finds too many rows to help.',
    explains: (problem) => problem.kind === 'unexpected-index' && bulkTables.includes(problem.table),
  },
  {
    what: 'The index of `policy_decisions` on run and agent is `idx_policy_decision_sim_agent`.',
    why: 'The reference calls it `idx_policy_sim_agent`, which `policy_snapshots` has taken, so it is never made.',
    explains: (problem) =>
      problem.kind === 'missing-index' && problem.index === 'idx_policy_decision_sim_agent',
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
