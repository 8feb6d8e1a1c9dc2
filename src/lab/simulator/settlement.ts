import type { Bank } from './bank.ts';
import { divideHalfUp, safe } from './exact.ts';
import type { Payment, World } from './world.ts';

/** What the bank could pay out right now. */
export function availableCents(bank: Bank): number {
  return Math.max(0, bank.balance + bank.overdraftLimit);
}

export function canPay(bank: Bank, amount: number): boolean {
  return bank.balance - amount >= -bank.overdraftLimit;
}

/** Changes a balance at once. */
export function book(bank: Bank, change: number): void {
  bank.balance = safe(bank.balance + change);
}

/** Books incoming money; with deferred crediting it becomes usable at the end of the tick only. */
export function creditBank(world: World, bank: Bank, amount: number, sources: readonly string[]): void {
  if (!world.scenario.deferred_crediting) {
    book(bank, amount);
    return;
  }
  bank.pendingCredit += amount;
  bank.pendingSources.push(...sources);
}

/** End of the tick: collected credits become usable. */
export function applyDeferredCredits(world: World): void {
  for (const bank of world.banks) {
    if (bank.pendingSources.length === 0) continue;
    const { pendingCredit: amount, pendingSources: sources } = bank;
    bank.pendingCredit = 0;
    bank.pendingSources = [];
    book(bank, amount);
    world.log?.({
      tick: world.tick,
      eventType: 'DeferredCreditApplied',
      agentId: bank.id,
      details: { amount, source_transactions: sources },
    });
  }
}

/** Settlements and their value, as one algorithm made them. */
export interface SettledValue {
  readonly settlements: number;
  readonly value: number;
}

/** The limits that the sender set itself on value paid out per day; `undefined` when none is in the way. */
export function exceededLimit(
  payment: Payment,
):
  | { readonly kind: 'bilateral' | 'multilateral'; readonly current: number; readonly limit: number }
  | undefined {
  const { sender, receiver, amount } = payment;
  const { limits } = sender.config;
  if (limits === undefined) return undefined;
  const bilateral = limits.bilateral_limits[receiver.id];
  const current = sender.outflowTo.get(receiver) ?? 0;
  if (bilateral !== undefined && current + amount > bilateral) {
    return { kind: 'bilateral', current, limit: bilateral };
  }
  const all = limits.multilateral_limit;
  return all !== undefined && sender.outflow + amount > all
    ? { kind: 'multilateral', current: sender.outflow, limit: all }
    : undefined;
}

/** Pays gross: the whole amount from the sender's balance to the receiver. */
export function payGross(world: World, payment: Payment): void {
  const { sender, receiver, amount } = payment;
  book(sender, -amount);
  creditBank(world, receiver, amount, [payment.id]);
  sender.outflow += amount;
  sender.outflowTo.set(receiver, (sender.outflowTo.get(receiver) ?? 0) + amount);
}

/** True when the sender can pay now and no limit of its own forbids it. */
export function canSettle(payment: Payment): boolean {
  return canPay(payment.sender, payment.amount) && exceededLimit(payment) === undefined;
}

function countWhole(payment: Payment): void {
  payment.sender.settlements += 1;
  payment.sender.day.settled += 1;
}

/** Records that `payment` is settled, however it was; call after its settlement event. */
export function finishPayment(world: World, payment: Payment): void {
  const { sender, receiver, amount, parent } = payment;
  payment.state = 'settled';
  payment.settlementTick = world.tick;
  sender.day.sent += 1;
  receiver.day.received += 1;
  sender.day.settledValue += amount;
  if (parent === undefined) countWhole(payment);
  else {
    parent.openParts -= 1;
    if (parent.openParts === 0) {
      parent.state = 'settled';
      parent.settlementTick = world.tick;
      countWhole(parent);
    }
  }
  const since = payment.overdueSinceTick;
  if (since === undefined) return;
  world.log?.({
    tick: world.tick,
    eventType: 'OverdueTransactionSettled',
    txId: payment.id,
    details: {
      sender_id: sender.id,
      receiver_id: receiver.id,
      amount,
      settled_amount: amount,
      deadline_tick: payment.deadlineTick,
      overdue_since_tick: since,
      total_ticks_overdue: world.tick - payment.deadlineTick,
      deadline_penalty_cost: payment.deadlinePenaltyCents,
      estimated_delay_cost: divideHalfUp(payment.delayNumerator, world.rates.delayDenominator),
    },
  });
}
