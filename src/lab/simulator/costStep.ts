import type { Bank } from './bank.ts';
import { addTo, toAccruedCosts, chargedTotal, type CostBook } from './costBook.ts';
import { delayClass } from './costRates.ts';
import { applyRate, divideHalfUp, safe } from './exact.ts';
import type { Payment } from './payment.ts';
import type { World } from './world.ts';

/** Charges a bank and reports it; charges of nothing are not reported. */
export function charge(world: World, bank: Bank, costs: CostBook): void {
  if (chargedTotal(costs) <= 0) return;
  addTo(bank.tickCosts, costs);
  addTo(bank.day.costs, costs);
  addTo(bank.costs, costs);
  world.log?.({
    tick: world.tick,
    eventType: 'CostAccrual',
    agentId: bank.id,
    details: { costs: toAccruedCosts(costs) },
  });
}

/** Marks a payment as overdue once its deadline has passed and returns the penalty, 0 otherwise. */
function markOverdue(world: World, payment: Payment): number {
  if (payment.overdueSinceTick !== undefined || world.tick <= payment.deadlineTick) return 0;
  payment.overdueSinceTick = world.tick;
  payment.deadlinePenaltyCents = world.rates.deadlinePenalty(payment.amount);
  world.log?.({
    tick: world.tick,
    eventType: 'TransactionWentOverdue',
    txId: payment.id,
    details: {
      sender_id: payment.sender.id,
      receiver_id: payment.receiver.id,
      amount: payment.amount,
      remaining_amount: payment.amount,
      deadline_tick: payment.deadlineTick,
      ticks_overdue: world.tick - payment.deadlineTick,
      deadline_penalty_cost: payment.deadlinePenaltyCents,
    },
  });
  return payment.deadlinePenaltyCents;
}

/** Adds one tick of waiting to a payment and to its sender's delay. Returns the deadline penalty, if now due. */
function waitOneTick(world: World, payment: Payment): number {
  const penalty = markOverdue(world, payment);
  const weight =
    world.rates.delayWeights[delayClass(payment.priority, payment.overdueSinceTick !== undefined)];
  const delay = payment.amount * (weight ?? 0);
  payment.delayNumerator = safe(payment.delayNumerator + delay);
  payment.sender.delayNumerator = safe(payment.sender.delayNumerator + delay);
  return penalty;
}

/** Overdue marking, then the costs of the tick for every bank (domain.md 1.2), each rounded once. */
export function accrueCosts(world: World): void {
  const { rates } = world;
  const penalties: number[] = [];
  for (const bank of world.banks) {
    bank.delayNumerator = 0;
    let due = 0;
    for (const payment of bank.queue1) {
      payment.queue1Ticks += 1;
      due += waitOneTick(world, payment);
    }
    penalties.push(due);
  }
  for (const payment of world.queue2) {
    payment.queue2Ticks += 1;
    const { index } = payment.sender;
    penalties[index] = (penalties[index] ?? 0) + waitOneTick(world, payment);
  }
  for (const bank of world.banks) {
    if (bank.balance < bank.day.minBalance) bank.day.minBalance = bank.balance;
    if (bank.balance > bank.day.maxBalance) bank.day.maxBalance = bank.balance;
    charge(world, bank, {
      splitFriction: 0,
      liquidity: applyRate(Math.max(0, -bank.balance), rates.overdraft),
      delay: divideHalfUp(bank.delayNumerator, rates.delayDenominator),
      collateral: applyRate(bank.postedCollateral, rates.collateral),
      penalty: penalties[bank.index] ?? 0,
      opportunity: applyRate(bank.allocated, rates.opportunity),
    });
  }
}
