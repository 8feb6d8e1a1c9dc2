import {
  agentQueueSnapshots,
  dailyAgentMetrics,
  policySnapshots,
  tickAgentStates,
  tickQueueSnapshots,
  transactions,
} from './models/checkedTables.ts';
import { agentStateRegisters, policyDecisions, simulationEvents, simulations } from './models/simulations.ts';
import {
  experimentEvents,
  experimentIterations,
  experiments,
  policyEvaluations,
  simulationRuns,
} from './models/experiments.ts';
import { schemaMigrations } from './version.ts';
import { defineTable, type Table } from './table.ts';
import { agentRef, int, money, serial, simulationRef, text, timestamp } from './columns.ts';
import { centsByAgent, centsList, jsonObject, textListColumn } from './jsonColumns.ts';

const simulationCheckpoints = defineTable({
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

const lsmCycles = defineTable({
  name: 'lsm_cycles',
  description:
    'Offsetting cycles. Part of the layout, but not written: `simulation_events` has the same facts.',
  row: {
    id: serial('lsm_cycles_id_seq', 'Order of writing.'),
    simulationId: simulationRef('The run.'),
    tick: int('When.', 'ticks'),
    day: int('Day, from 0.'),
    cycleType: text('`bilateral` or `multilateral`.'),
    cycleLength: int('Agents in the cycle.'),
    agents: textListColumn('Agents in order of the cycle.'),
    transactions: textListColumn('Payments settled.'),
    settledValueCents: money('Value that moved.'),
    totalValueCents: money('Value of all payments settled.'),
    txAmounts: centsList('Amount of each payment.').optional(),
    netPositions: centsByAgent('Agent to net inflow.').optional(),
    maxNetOutflowCents: money('Largest net outflow.').optional(),
    maxNetOutflowAgent: agentRef('Agent that had it.').optional(),
  },
  primaryKey: ['id'],
  references: [{ fields: ['simulationId'], to: simulationRuns }],
});

const collateralEvents = defineTable({
  name: 'collateral_events',
  description:
    'Collateral decisions. Part of the layout, but not written: `simulation_events` has the same facts.',
  row: {
    id: serial('collateral_events_id_seq', 'Order of writing.'),
    simulationId: simulationRef('The run.'),
    agentId: agentRef('The agent.'),
    tick: int('When.', 'ticks'),
    day: int('Day, from 0.'),
    action: text('`post`, `withdraw` or `hold`.'),
    amountCents: money('Amount posted or withdrawn.'),
    reason: text('Why.'),
    layer: text('`strategic` or `end_of_tick`.'),
    balanceBeforeCents: money('Balance before.'),
    postedCollateralBeforeCents: money('Posted before.'),
    postedCollateralAfterCents: money('Posted after.'),
    availableCapacityAfterCents: money('Still to be posted after.'),
  },
  primaryKey: ['id'],
  references: [{ fields: ['simulationId'], to: simulationRuns }],
});

/** Every table, each after those it refers to: order of creation, and backwards of dropping. */
export const tables: readonly Table[] = [
  experiments,
  simulationRuns,
  simulations,
  experimentIterations,
  experimentEvents,
  policyEvaluations,
  transactions,
  dailyAgentMetrics,
  collateralEvents,
  agentQueueSnapshots,
  agentStateRegisters,
  policySnapshots,
  simulationCheckpoints,
  simulationEvents,
  lsmCycles,
  policyDecisions,
  tickAgentStates,
  tickQueueSnapshots,
  schemaMigrations,
];

/** Every column that holds money, for the check that none of it is anything but an integer (INV-1). */
export const moneyColumns: readonly { readonly table: string; readonly column: string }[] = tables.flatMap(
  (table) =>
    table.columns
      .filter((column) => column.unit === 'cents')
      .map((column) => ({ table: table.name, column: column.name })),
);
