import { collateralValue, type Bank } from './bank.ts';
import type { World } from './world.ts';

/** Sets the posted amount and what follows from it. */
function setPosted(bank: Bank, posted: number): void {
  bank.postedCollateral = posted;
  bank.overdraftLimit = bank.config.unsecured_cap + collateralValue(bank.config, posted);
  if (posted > bank.day.peakCollateral) bank.day.peakCollateral = posted;
}

/** An order from outside: no capacity, no cover is asked for. Never below nothing. */
export function adjustCollateral(bank: Bank, delta: number): void {
  setPosted(bank, Math.max(0, bank.postedCollateral + delta));
}

export function remainingCapacity(bank: Bank): number {
  return Math.max(0, bank.collateralCapacity - bank.postedCollateral);
}

/** What must stay posted so that the overdraft in use remains covered after the haircut. */
export function requiredCollateral(bank: Bank): number {
  const uncovered = Math.max(0, -bank.balance - bank.config.unsecured_cap);
  if (uncovered === 0) return 0;
  const haircut = bank.config.collateral_haircut;
  let required = haircut >= 1 ? bank.postedCollateral : Math.ceil(uncovered / (1 - haircut));
  // The quotient of doubles may be a cent off either way; the exact value decides.
  while (required > 0 && collateralValue(bank.config, required - 1) >= uncovered) required -= 1;
  while (required < bank.postedCollateral && collateralValue(bank.config, required) < uncovered)
    required += 1;
  return required;
}

export function excessCollateral(bank: Bank): number {
  return Math.max(0, bank.postedCollateral - requiredCollateral(bank));
}

/** Posts up to the capacity; a timer takes the same amount back later. */
export function postCollateral(
  world: World,
  bank: Bank,
  wanted: number,
  reason: string,
  withdrawAfterTicks: number | undefined,
): void {
  const amount = Math.min(wanted, remainingCapacity(bank));
  if (amount <= 0) return;
  setPosted(bank, bank.postedCollateral + amount);
  bank.day.collateralPosts += 1;
  if (withdrawAfterTicks !== undefined) {
    bank.timers.push({ dueTick: world.tick + withdrawAfterTicks, amount, reason, postedAtTick: world.tick });
  }
  world.log?.({
    tick: world.tick,
    eventType: 'CollateralPost',
    agentId: bank.id,
    details: { amount, reason, new_total: bank.postedCollateral },
  });
}

/** Withdraws what is not needed to cover the overdraft in use. */
export function withdrawCollateral(world: World, bank: Bank, wanted: number, reason: string): void {
  const amount = Math.min(wanted, excessCollateral(bank));
  if (amount <= 0) return;
  setPosted(bank, bank.postedCollateral - amount);
  bank.day.collateralWithdrawals += 1;
  world.log?.({
    tick: world.tick,
    eventType: 'CollateralWithdraw',
    agentId: bank.id,
    details: { amount, reason, new_total: bank.postedCollateral },
  });
}

/** Timers that are due withdraw what they posted, or report why they cannot; each fires once. */
export function runCollateralTimers(world: World): void {
  for (const bank of world.banks) {
    if (bank.timers.length === 0) continue;
    const due = bank.timers.filter((timer) => timer.dueTick <= world.tick);
    bank.timers = bank.timers.filter((timer) => timer.dueTick > world.tick);
    for (const timer of due) {
      const amount = Math.min(timer.amount, excessCollateral(bank));
      const origin = { original_reason: timer.reason, posted_at_tick: timer.postedAtTick };
      if (amount <= 0) {
        const reason = bank.postedCollateral === 0 ? 'NoCollateralPosted' : 'CollateralInUse';
        world.log?.({
          tick: world.tick,
          eventType: 'CollateralTimerBlocked',
          agentId: bank.id,
          details: { requested_amount: timer.amount, reason, ...origin },
        });
        continue;
      }
      setPosted(bank, bank.postedCollateral - amount);
      bank.day.collateralWithdrawals += 1;
      world.log?.({
        tick: world.tick,
        eventType: 'CollateralTimerWithdrawn',
        agentId: bank.id,
        details: { amount, ...origin, new_total: bank.postedCollateral },
      });
    }
  }
}
