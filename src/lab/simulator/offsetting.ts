import type { Bank } from './bank.ts';
import { availableCents, book, canPay, creditBank } from './ledger.ts';
import type { Payment } from './payment.ts';
import { queuedPairs } from './queuedPairs.ts';
import { compactQueue2, leaveQueue2Settled } from './queue2.ts';
import type { SettledValue } from './settlement.ts';
import type { World } from './world.ts';

function sum(payments: readonly Payment[]): number {
  return payments.reduce((total, payment) => total + payment.amount, 0);
}

/** Moves a net position: out at once, in like every other credit. */
export function bookNet(world: World, bank: Bank, net: number, sources: readonly string[]): void {
  if (net < 0) book(bank, net);
  else if (net > 0) creditBank(world, bank, net, sources);
}

/** In queue order, as many payments as fit into `limit`. */
function fitting(payments: readonly Payment[], limit: number): readonly Payment[] {
  let rest = limit;
  return payments.filter((payment) => {
    if (payment.amount > rest) return false;
    rest -= payment.amount;
    return true;
  });
}

/** Two lists of opposite payments whose net difference the net payer can cover; undefined when there is none. */
function balanced(
  forth: readonly Payment[],
  back: readonly Payment[],
): readonly [readonly Payment[], readonly Payment[]] | undefined {
  const [a, b] = [forth[0]?.sender, back[0]?.sender];
  if (a === undefined || b === undefined) return undefined;
  const surplus = sum(forth) - sum(back);
  const chosen =
    surplus >= 0
      ? ([fitting(forth, sum(back) + availableCents(a)), back] as const)
      : ([forth, fitting(back, sum(forth) + availableCents(b))] as const);
  const net = sum(chosen[0]) - sum(chosen[1]);
  const payer = net >= 0 ? a : b;
  const covered = net === 0 || canPay(payer, Math.abs(net));
  return covered && chosen[0].length > 0 && chosen[1].length > 0 ? chosen : undefined;
}

/** Settles `forth` (a to b) against `back` (b to a) so that only the difference moves. */
export function offset(
  world: World,
  forth: readonly Payment[],
  back: readonly Payment[],
  leave: (payment: Payment) => void,
): void {
  const [a, b] = [forth[0]?.sender, back[0]?.sender];
  if (a === undefined || b === undefined) return;
  const [amountA, amountB] = [sum(forth), sum(back)];
  const ids = (payments: readonly Payment[]) => payments.map((payment) => payment.id);
  bookNet(world, a, amountB - amountA, ids(back));
  bookNet(world, b, amountA - amountB, ids(forth));
  world.log?.({
    tick: world.tick,
    eventType: 'LsmBilateralOffset',
    details: {
      agent_a: a.id,
      agent_b: b.id,
      tx_ids: [...ids(forth), ...ids(back)],
      amount_a: amountA,
      amount_b: amountB,
      amount: amountA + amountB,
    },
  });
  for (const payment of [...forth, ...back]) leave(payment);
}

/** Offsets every pair of banks once, in the order of the scenario's agents. */
export function offsetBilaterally(world: World): SettledValue {
  let settlements = 0;
  let value = 0;
  const pairs = queuedPairs(world);
  for (const a of world.banks) {
    for (const b of pairs.from(a)) {
      const forth = pairs.between(a, b);
      const back = pairs.between(b, a);
      if (a.index > b.index || forth === undefined || back === undefined) continue;
      const chosen = balanced(forth, back);
      if (chosen === undefined) continue;
      offset(world, ...chosen, (payment) => leaveQueue2Settled(world, payment));
      settlements += chosen[0].length + chosen[1].length;
      value += sum(chosen[0]) + sum(chosen[1]);
    }
  }
  if (settlements > 0) compactQueue2(world);
  return { settlements, value };
}
