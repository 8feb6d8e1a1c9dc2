import { agentRef, int, oneOf, simulationRef, text } from '../columns.ts';
import { defineTable, type RecordOf } from '../table.ts';
import { simulationRuns } from './simulationRuns.ts';

const queueTypes = ['queue1', 'rtgs'] as const;

export const tickQueueSnapshots = defineTable({
  name: 'tick_queue_snapshots',
  description: 'A payment that waits at the end of a tick. Written at level `full`.',
  row: {
    simulationId: simulationRef('The run.'),
    agentId: agentRef("The queue's owner; for `rtgs` the sender."),
    tick: int('The tick.', 'ticks'),
    queueType: oneOf(queueTypes, '`queue1`, or `rtgs` for the central queue.'),
    position: int('From 0; for `rtgs` within the whole central queue.'),
    txId: text('The payment.'),
  },
  primaryKey: ['simulationId', 'agentId', 'tick', 'queueType', 'position'],
  references: [{ fields: ['simulationId'], to: simulationRuns }],
});

export type TickQueueSnapshotRow = RecordOf<typeof tickQueueSnapshots>;
