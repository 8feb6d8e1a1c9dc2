import { agentRef, flag, int, money, oneOf, simulationRef, text } from '../columns.ts';
import { defineTable, type RecordOf } from '../table.ts';
import { cents } from '../../lib/units.ts';
import { simulationRuns } from './simulationRuns.ts';

const transactionStatuses = ['pending', 'settled', 'overdue', 'dropped'] as const;

export const transactions = defineTable({
  name: 'transactions',
  description: 'One payment of one run, as it stood at the end of the run.',
  row: {
    simulationId: simulationRef('The run.'),
    txId: text('The payment.'),
    senderId: agentRef('Agent that pays.'),
    receiverId: agentRef('Agent that is paid.'),
    amountCents: money('Amount of the payment.'),
    priority: int('0 to 10.'),
    isDivisible: flag('Whether a policy may split it.'),
    arrivalTick: int('When it arrived.', 'ticks'),
    arrivalDay: int('Day of arrival, from 0.'),
    deadlineTick: int('Last tick on which it is on time.', 'ticks'),
    settlementTick: int('When it settled in full.', 'ticks').optional(),
    settlementDay: int('Day of settlement, from 0.').optional(),
    status: oneOf(transactionStatuses, '`pending`, `settled`, `overdue` or `dropped`.'),
    overdueSinceTick: int('Set while the status is `overdue`.', 'ticks').optional(),
    dropReason: text('Why it was dropped.').optional(),
    amountSettledCents: money('Amount settled so far.'),
    queue1Ticks: int("Time in its bank's own queue.", 'ticks').default(0),
    queue2Ticks: int('Time in the central queue.', 'ticks').default(0),
    totalDelayTicks: int('Time from arrival to settlement.', 'ticks').default(0),
    delayCostCents: money('Delay cost that it caused.').default(cents(0n)),
    parentTxId: text(
      'The payment it is a part of. Not a foreign key: parent and part may come in one insert.',
    ).optional(),
    splitIndex: int('Number of the part, from 0.').optional(),
    rtgsPriority: text('`HighlyUrgent`, `Urgent` or `Normal`, as submitted.').optional(),
    rtgsSubmissionTick: int('When it was submitted.', 'ticks').optional(),
    declaredRtgsPriority: text('Priority that the sender asked for.').optional(),
  },
  primaryKey: ['simulationId', 'txId'],
  references: [{ fields: ['simulationId'], to: simulationRuns }],
});

export type TransactionRow = RecordOf<typeof transactions>;
