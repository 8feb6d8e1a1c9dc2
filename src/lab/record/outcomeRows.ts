import type { OfRun } from '../../persistence/simulationRecord.ts';
import type { AgentQueueSnapshotRow } from '../../schema/models/agentQueueSnapshots.ts';
import type { DailyAgentMetricsRow } from '../../schema/models/dailyAgentMetrics.ts';
import type { TransactionRow } from '../../schema/models/transactions.ts';
import { cents, subtractCents, type Cents } from '../../lib/units.ts';
import type { DailyOutcome, PaymentOutcome, SimulationOutcome } from '../simulator/outcome.ts';

function transactionRow(
  payment: PaymentOutcome,
  ticksPerDay: number,
  lastTick: number,
): OfRun<TransactionRow> {
  const dayOf = (tick: number) => Math.floor(tick / ticksPerDay);
  const { settlementTick, status, parentTxId, splitIndex, submissionTick, declaredRtgsPriority } = payment;
  return {
    txId: payment.txId,
    senderId: payment.senderId,
    receiverId: payment.receiverId,
    amountCents: payment.amountCents,
    priority: payment.priority,
    isDivisible: payment.isDivisible,
    arrivalTick: payment.arrivalTick,
    arrivalDay: dayOf(payment.arrivalTick),
    deadlineTick: payment.deadlineTick,
    ...(settlementTick === undefined ? {} : { settlementTick, settlementDay: dayOf(settlementTick) }),
    status,
    ...(status === 'overdue' ? { overdueSinceTick: payment.overdueSinceTick } : {}),
    ...(status === 'dropped' ? { dropReason: 'Expired deadline' } : {}),
    amountSettledCents: payment.amountSettledCents,
    queue1Ticks: payment.queue1Ticks,
    queue2Ticks: payment.queue2Ticks,
    totalDelayTicks: (settlementTick ?? lastTick) - payment.arrivalTick,
    delayCostCents: payment.delayCostCents,
    ...(parentTxId === undefined ? {} : { parentTxId, splitIndex }),
    rtgsPriority: payment.rtgsPriority,
    ...(submissionTick === undefined ? {} : { rtgsSubmissionTick: submissionTick }),
    ...(declaredRtgsPriority === undefined ? {} : { declaredRtgsPriority }),
  };
}

/** Payments at the end of the run, in order of arrival; an open one is delayed up to the last tick. */
export function* transactionRows(
  outcome: SimulationOutcome,
  ticksPerDay: number,
): Generator<OfRun<TransactionRow>> {
  for (const payment of outcome.payments) yield transactionRow(payment, ticksPerDay, outcome.ticks - 1);
}

function overdraft(lowest: Cents): Cents {
  const zero = cents(0n);
  return lowest < zero ? subtractCents(zero, lowest) : zero;
}

function dailyRow(day: DailyOutcome): OfRun<DailyAgentMetricsRow> {
  return {
    agentId: day.agentId,
    day: day.day,
    openingBalanceCents: day.openingBalanceCents,
    closingBalanceCents: day.closingBalanceCents,
    minBalanceCents: day.minBalanceCents,
    maxBalanceCents: day.maxBalanceCents,
    unsecuredCapCents: day.unsecuredCapCents,
    peakOverdraftCents: overdraft(day.minBalanceCents),
    openingPostedCollateralCents: day.openingCollateralCents,
    closingPostedCollateralCents: day.closingCollateralCents,
    peakPostedCollateralCents: day.peakCollateralCents,
    collateralCapacityCents: day.collateralCapacityCents,
    numCollateralPosts: day.collateralPosts,
    numCollateralWithdrawals: day.collateralWithdrawals,
    numArrivals: day.arrivals,
    numSent: day.sent,
    numReceived: day.received,
    numSettled: day.settled,
    numDropped: day.dropped,
    queue1PeakSize: day.queue1Peak,
    queue1EodSize: day.queue1.length,
    liquidityCostCents: day.costs.liquidity,
    delayCostCents: day.costs.delay,
    collateralCostCents: day.costs.collateral,
    splitFrictionCostCents: day.costs.splitFriction,
    deadlinePenaltyCostCents: day.costs.penalty,
    totalCostCents: day.costs.total,
  };
}

export function dailyMetricsRows(outcome: SimulationOutcome): readonly OfRun<DailyAgentMetricsRow>[] {
  return outcome.days.map(dailyRow);
}

export function endOfDayQueueRows(outcome: SimulationOutcome): readonly OfRun<AgentQueueSnapshotRow>[] {
  return outcome.days.flatMap(({ agentId, day, queue1 }) =>
    queue1.map((transactionId, position) => ({ agentId, day, queueType: 'queue1', position, transactionId })),
  );
}
