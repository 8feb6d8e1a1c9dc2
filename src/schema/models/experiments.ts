import { experimentRef, flag, int, int64, money, text, timestamp } from '../columns.ts';
import { jsonObject } from '../jsonColumns.ts';
import { defineTable, type RecordOf } from '../table.ts';

/**
 * Its row is updated once, on completion, while other rows refer to it. DuckDB turns the update of an indexed
 * column into delete and insert and refuses that, so none of the columns below `completedAt` may be indexed.
 */
export const experiments = defineTable({
  name: 'experiments',
  description: 'One run of the optimisation loop.',
  row: {
    experimentId: experimentRef(
      'Unique id, `{name}-{YYYYMMDD}-{HHMMSS}-{6 hex}` unless the caller chose one.',
    ),
    experimentName: text('Display name; several runs of one experiment share it.'),
    experimentType: text('Always `generic` when the loop wrote it.'),
    config: jsonObject('Configuration of the loop: evaluation, convergence, acceptance, optimised agents.'),
    scenarioPath: text('Where the scenario was read from.').optional(),
    masterSeed: int64('Root of every seed of the run.'),
    createdAt: timestamp('When the loop started.'),
    completedAt: timestamp('When it ended; NULL while it runs, or when its process died.').optional(),
    numIterations: int('Iterations evaluated; 0 until completion.').default(0),
    converged: flag('Whether a detector stopped the loop; a spent budget is not convergence.').default(false),
    convergenceReason: text('Why the loop stopped, in words.').optional(),
    finalCostCents: money('Cost of the last iteration, all agents.').optional(),
    bestCostCents: money('Smallest cost of any iteration, all agents.').optional(),
  },
  primaryKey: ['experimentId'],
  indexes: { idx_exp_created: ['createdAt'] },
});

export type ExperimentRow = RecordOf<typeof experiments>;
