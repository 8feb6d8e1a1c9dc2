/** The tables of a run whose rows are held against its events. */
import { agentQueueSnapshots } from './models/agentQueueSnapshots.ts';
import { dailyAgentMetrics } from './models/dailyAgentMetrics.ts';
import { policySnapshots } from './models/policySnapshots.ts';
import { tickAgentStates } from './models/tickAgentStates.ts';
import { tickQueueSnapshots } from './models/tickQueueSnapshots.ts';
import { transactions } from './models/transactions.ts';

export const checkedTables = {
  policy_snapshots: policySnapshots,
  transactions,
  daily_agent_metrics: dailyAgentMetrics,
  agent_queue_snapshots: agentQueueSnapshots,
  tick_agent_states: tickAgentStates,
  tick_queue_snapshots: tickQueueSnapshots,
} as const;

export type CheckedTable = keyof typeof checkedTables;

export const checkedTableNames = Object.keys(checkedTables) as readonly CheckedTable[];
