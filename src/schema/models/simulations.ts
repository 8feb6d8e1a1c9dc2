import { double, int, int64, money, oneOf, simulationRef, text, timestamp } from '../columns.ts';
import { jsonObject } from '../jsonColumns.ts';
import { defineTable, type RecordOf } from '../table.ts';
import { runStatuses, simulationRuns } from './simulationRuns.ts';

export const simulations = defineTable({
  name: 'simulations',
  description:
    'The scenario of a run, complete enough to run it again; one row beside its `simulation_runs` row.',
  row: {
    simulationId: simulationRef('The run.'),
    configFile: text('File the scenario came from, or its name.'),
    configHash: text('SHA-256 of the scenario as text, or empty.'),
    rngSeed: int64('Seed of this very run.'),
    ticksPerDay: int('Length of a day.', 'ticks'),
    numDays: int('Days simulated.'),
    numAgents: int('Agents of the scenario.'),
    configJson: jsonObject('The whole scenario.').optional(),
    status: oneOf(runStatuses, '`running`, `completed` or `failed`.'),
    startedAt: timestamp('When the run started.').optional(),
    completedAt: timestamp('When it ended.').optional(),
    totalArrivals: int('Payments that arrived, parts of split payments not counted.').optional(),
    totalSettlements: int('Of these, settled in full.').optional(),
    totalCostCents: money('Cost of all agents over the whole run.', 'total_cost_cents').optional(),
    durationSeconds: double('Wall-clock time of the run.', 'seconds').optional(),
    ticksPerSecond: double('Speed of the run.').optional(),
  },
  primaryKey: ['simulationId'],
  indexes: { idx_sim_started_at: ['startedAt'] },
  references: [{ fields: ['simulationId'], to: simulationRuns }],
});

export type SimulationRow = RecordOf<typeof simulations>;
