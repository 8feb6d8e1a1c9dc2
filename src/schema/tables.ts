import { agentQueueSnapshots } from './models/agentQueueSnapshots.ts';
import { agentStateRegisters } from './models/agentStateRegisters.ts';
import { collateralEvents } from './models/collateralEvents.ts';
import { dailyAgentMetrics } from './models/dailyAgentMetrics.ts';
import { experimentEvents } from './models/experimentEvents.ts';
import { experimentIterations } from './models/experimentIterations.ts';
import { experiments } from './models/experiments.ts';
import { lsmCycles } from './models/lsmCycles.ts';
import { policyDecisions } from './models/policyDecisions.ts';
import { policyEvaluations } from './models/policyEvaluations.ts';
import { policySnapshots } from './models/policySnapshots.ts';
import { schemaMigrations } from './models/schemaMigrations.ts';
import { simulationCheckpoints } from './models/simulationCheckpoints.ts';
import { simulationEvents } from './models/simulationEvents.ts';
import { simulationRuns } from './models/simulationRuns.ts';
import { simulations } from './models/simulations.ts';
import { tickAgentStates } from './models/tickAgentStates.ts';
import { tickQueueSnapshots } from './models/tickQueueSnapshots.ts';
import { transactions } from './models/transactions.ts';
import type { Table } from './table.ts';

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
