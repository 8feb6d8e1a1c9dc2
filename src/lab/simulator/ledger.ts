import type { Bank } from './bank.ts';
import { safe } from './exact.ts';
import type { World } from './world.ts';

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
