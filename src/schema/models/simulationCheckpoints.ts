import { int, simulationRef, text, timestamp } from '../columns.ts';
import { jsonObject } from '../jsonColumns.ts';
import { defineTable } from '../table.ts';
import { simulationRuns } from './simulationRuns.ts';

export const simulationCheckpoints = defineTable({
  name: 'simulation_checkpoints',
  description: 'The whole state of a run at a tick. Part of the layout; the lab writes none.',
  row: {
    checkpointId: text('Unique id.'),
    simulationId: simulationRef('The run.'),
    checkpointTick: int('After this tick.', 'ticks'),
    checkpointDay: int('Day, from 0.'),
    checkpointTimestamp: timestamp('When it was written.'),
    stateJson: jsonObject('The state.'),
    stateHash: text('SHA-256 of the state as text.'),
    configJson: jsonObject('The scenario.'),
    configHash: text('SHA-256 of the scenario as text.'),
    checkpointType: text('`manual`, `auto`, `end_of_day` or `final`.'),
    description: text('Free words.').optional(),
    createdBy: text('Who made it.'),
    numAgents: int('Agents in the state.'),
    numTransactions: int('Payments in the state.'),
    totalSizeBytes: int('Length of the state as text, in bytes.'),
  },
  primaryKey: ['checkpointId'],
  indexes: { idx_cp_timestamp: ['checkpointTimestamp'] },
  references: [{ fields: ['simulationId'], to: simulationRuns }],
});
