import { newDay, type Bank, type DayFigures } from './bank.ts';
import { emptyBook, charge } from './costs.ts';
import { floorShare } from './exact.ts';
import type { World } from './world.ts';

/** Morning: every bank with a pool commits its share of it, and the day's counters start. */
export function startSimulatedDay(world: World): void {
  for (const bank of world.banks) {
    const { fraction } = bank;
    const amount = floorShare(bank.config.liquidity_pool ?? 0, fraction ?? 0);
    bank.allocated = amount;
    bank.balance += amount;
    bank.day = newDay(bank.balance, bank.postedCollateral);
    bank.outflow = 0;
    bank.outflowTo.clear();
    if (fraction === undefined) continue;
    world.log?.({
      tick: world.tick,
      eventType: 'LiquidityAllocation',
      agentId: bank.id,
      details: { day: world.day, fraction, amount, balance_after: bank.balance },
    });
  }
}

function chargeEndOfDay(world: World): { readonly unsettled: number; readonly penalties: number } {
  let unsettled = world.queue2.length;
  let penalties = 0;
  for (const bank of world.banks) {
    unsettled += bank.queue1.length;
    const waiting = [...bank.queue1, ...world.queue2.filter((payment) => payment.sender === bank)];
    const penalty = waiting
      .filter((payment) => payment.overdueSinceTick !== undefined)
      .reduce((total, payment) => total + world.rates.eodPenalty(payment.amount), 0);
    penalties += penalty;
    charge(world, bank, { ...emptyBook(), penalty });
  }
  return { unsettled, penalties };
}

function resetRegisters(world: World, bank: Bank): void {
  for (const [key, value] of bank.registers) {
    if (value === 0) continue;
    world.log?.({
      tick: world.tick,
      eventType: 'StateRegisterSet',
      agentId: bank.id,
      details: {
        register_key: key,
        old_value: value,
        new_value: 0,
        reason: 'eod_reset',
        decision_path: null,
      },
    });
  }
  bank.registers.clear();
}

function returnPool(world: World, bank: Bank): void {
  if (bank.fraction === undefined) return;
  const amount = bank.allocated;
  bank.allocated = 0;
  bank.balance -= amount;
  world.log?.({
    tick: world.tick,
    eventType: 'LiquidityReturn',
    agentId: bank.id,
    details: { amount, balance_after: bank.balance },
  });
}

/** What a bank did on one day. */
export interface FinishedDay {
  readonly bank: Bank;
  readonly day: number;
  readonly figures: DayFigures;
  readonly closingBalance: number;
  readonly closingCollateral: number;
  readonly queue1: readonly string[];
}

/** Evening: penalties for what is overdue, registers cleared, the day reported, the pool given back. */
export function endDay(world: World): readonly FinishedDay[] {
  const { unsettled, penalties } = chargeEndOfDay(world);
  for (const bank of world.banks) resetRegisters(world, bank);
  world.log?.({
    tick: world.tick,
    eventType: 'EndOfDay',
    details: { day: world.day, unsettled_count: unsettled, total_penalties: penalties },
  });
  for (const bank of world.banks) returnPool(world, bank);
  return world.banks.map((bank) => ({
    bank,
    day: world.day,
    figures: bank.day,
    closingBalance: bank.balance,
    closingCollateral: bank.postedCollateral,
    queue1: bank.queue1.map((payment) => payment.id),
  }));
}
