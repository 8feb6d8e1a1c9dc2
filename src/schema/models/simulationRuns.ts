import {
  double,
  experimentRef,
  int,
  int64,
  money,
  oneOf,
  simulationRef,
  text,
  timestamp,
} from '../columns.ts';
import { runPurposes } from '../../lib/ids.ts';
import { defineTable, type RecordOf } from '../table.ts';
import { experiments } from './experiments.ts';

export const runStatuses = ['running', 'completed', 'failed'] as const;

export const simulationRuns = defineTable({
  name: 'simulation_runs',
  description: 'One simulation, alone or as part of an experiment. Every stored level has this row.',
  row: {
    simulationId: simulationRef(
      '`{experiment_id}-iter{N}-{purpose}[-sample{M}]`, or any name of a run alone.',
    ),
    configName: text('Name of the scenario.'),
    configHash: text('SHA-256 of the scenario as text, or empty.'),
    description: text(
      'Free words; `Iterscope lab, rules N` in a run of the lab, which can be simulated again.',
    ).optional(),
    startTime: timestamp('When the run started.'),
    endTime: timestamp('When it ended.').optional(),
    ticksPerDay: int('Length of a day.', 'ticks'),
    numDays: int('Days simulated.'),
    rngSeed: int64('Seed of this very run.'),
    status: oneOf(runStatuses, '`running`, `completed` or `failed`.'),
    totalTransactions: int('Payments that arrived, parts of split payments not counted.'),
    totalSettlements: int('Of these, settled in full.').optional(),
    totalCostCents: money('Cost of all agents over the whole run.').optional(),
    durationSeconds: double('Wall-clock time of the run.', 'seconds').optional(),
    experimentId: experimentRef('The experiment; NULL for a run alone.').optional(),
    iteration: int(
      'Iteration it belongs to, from 0; of `experiment_iterations`, which may be written later.',
    ).optional(),
    sampleIndex: int('Number of the bootstrap sample, from 0.').optional(),
    runPurpose: oneOf(runPurposes, 'Why it was run; NULL for a run alone.').optional(),
  },
  primaryKey: ['simulationId'],
  indexes: { idx_sim_started: ['startTime'] },
  references: [{ fields: ['experimentId'], to: experiments }],
});

export type SimulationRunRow = RecordOf<typeof simulationRuns>;
