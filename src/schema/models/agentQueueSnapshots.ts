import { agentRef, int, simulationRef, text } from '../columns.ts';
import { defineTable, type RecordOf } from '../table.ts';
import { simulationRuns } from './simulationRuns.ts';

export const agentQueueSnapshots = defineTable({
  name: 'agent_queue_snapshots',
  description: "A payment in an agent's own queue at the end of a day.",
  row: {
    simulationId: simulationRef('The run.'),
    agentId: agentRef('The agent.'),
    day: int('Day, from 0.'),
    queueType: text('`queue1`.'),
    position: int('From 0.'),
    transactionId: text('The payment.'),
  },
  primaryKey: ['simulationId', 'agentId', 'day', 'queueType', 'position'],
  references: [{ fields: ['simulationId'], to: simulationRuns }],
});

export type AgentQueueSnapshotRow = RecordOf<typeof agentQueueSnapshots>;
