import { cents } from '../../lib/units.ts';
import { agentRef, flag, int, money, oneOf, simulationRef, text } from '../columns.ts';
import { jsonObject } from '../jsonColumns.ts';
import { defineTable, type RecordOf } from '../table.ts';
import { simulationRuns } from './experiments.ts';

export const policySnapshots = defineTable({
  name: 'policy_snapshots',
  description: 'The policy of an agent from a tick of a run on; with the scenario enough to run it again.',
  row: {
    simulationId: simulationRef('The run.'),
    agentId: agentRef('The agent.'),
    snapshotDay: int('Day, from 0.'),
    snapshotTick: int('From this tick on.', 'ticks'),
    policyHash: text('SHA-256 of the policy as JSON with sorted keys.'),
    policyJson: jsonObject('The policy.'),
    createdBy: text('`init`, `manual` or `llm`.'),
  },
  primaryKey: ['simulationId', 'agentId', 'snapshotDay', 'snapshotTick'],
  indexes: { idx_policy_hash: ['policyHash'] },
  references: [{ fields: ['simulationId'], to: simulationRuns }],
});

export type PolicySnapshotRow = RecordOf<typeof policySnapshots>;

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

export const dailyAgentMetrics = defineTable({
  name: 'daily_agent_metrics',
  description:
    'One agent on one day of a run. `total_cost` includes the liquidity opportunity cost, which has no column: ' +
    'it is the total less the five costs listed.',
  row: {
    simulationId: simulationRef('The run.'),
    agentId: agentRef('The agent.'),
    day: int('From 0.'),
    openingBalanceCents: money('Balance at the start of the day.'),
    closingBalanceCents: money('Balance at its end.'),
    minBalanceCents: money('Lowest balance at the end of a tick.'),
    maxBalanceCents: money('Highest balance at the end of a tick.'),
    unsecuredCapCents: money('Overdraft allowed without collateral.'),
    peakOverdraftCents: money('Deepest overdraft, as a positive number.'),
    openingPostedCollateralCents: money('Collateral posted at the start.'),
    closingPostedCollateralCents: money('Collateral posted at the end.'),
    peakPostedCollateralCents: money('Most collateral posted.'),
    collateralCapacityCents: money('Most that could be posted.'),
    numCollateralPosts: int('Times collateral was posted.'),
    numCollateralWithdrawals: int('Times collateral was withdrawn.'),
    numArrivals: int('Payments that arrived at this agent to be sent.'),
    numSent: int('Payments it sent that settled.'),
    numReceived: int('Payments it received.'),
    numSettled: int('Of those that arrived, settled.'),
    numDropped: int('Dropped by its policy.'),
    queue1PeakSize: int('Most payments in its own queue.'),
    queue1EodSize: int('Payments in its own queue at the end of the day.'),
    liquidityCostCents: money('Overdraft cost.'),
    delayCostCents: money('Delay cost.'),
    collateralCostCents: money('Collateral cost.'),
    splitFrictionCostCents: money('Cost of splitting.'),
    deadlinePenaltyCostCents: money('Deadline and end-of-day penalties.'),
    totalCostCents: money('All costs of the day.'),
  },
  primaryKey: ['simulationId', 'agentId', 'day'],
  references: [{ fields: ['simulationId'], to: simulationRuns }],
});

export type DailyAgentMetricsRow = RecordOf<typeof dailyAgentMetrics>;

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

export const tickAgentStates = defineTable({
  name: 'tick_agent_states',
  description: 'One agent at the end of one tick. Written at level `full`.',
  row: {
    simulationId: simulationRef('The run.'),
    agentId: agentRef('The agent.'),
    tick: int('The tick, from 0 over the whole run.', 'ticks'),
    day: int('`tick div ticks_per_day`.'),
    balanceCents: money('Balance at the end of the tick.'),
    balanceChangeCents: money('Change since the tick before; at tick 0 the whole balance.'),
    unsecuredCapCents: money('Overdraft allowed without collateral.'),
    postedCollateralCents: money('Collateral posted.'),
    liquidityCostCents: money('Overdraft cost so far.'),
    delayCostCents: money('Delay cost so far.'),
    collateralCostCents: money('Collateral cost so far.'),
    penaltyCostCents: money('Penalties so far.'),
    splitFrictionCostCents: money('Cost of splitting so far.'),
    liquidityCostDeltaCents: money('Overdraft cost of this tick.'),
    delayCostDeltaCents: money('Delay cost of this tick.'),
    collateralCostDeltaCents: money('Collateral cost of this tick.'),
    penaltyCostDeltaCents: money('Penalties of this tick.'),
    splitFrictionCostDeltaCents: money('Cost of splitting in this tick.'),
  },
  primaryKey: ['simulationId', 'agentId', 'tick'],
  references: [{ fields: ['simulationId'], to: simulationRuns }],
});

export type TickAgentStateRow = RecordOf<typeof tickAgentStates>;

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

/** The tables of a run whose rows are held against its events. */
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
