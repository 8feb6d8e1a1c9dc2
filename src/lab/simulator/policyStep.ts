import type { Bank } from './bank.ts';
import { follow } from './boundPolicy.ts';
import type { Payment } from './payment.ts';
import { compactQueue2 } from './queue2.ts';
import { engineHold } from './reasons.ts';
import { hold, release } from './release.ts';
import type { World } from './world.ts';

/** Bank trees: budgets and registers. A budget is for one tick. */
export function runBankTrees(world: World): void {
  for (const bank of world.banks) {
    bank.budget = undefined;
    if (bank.policy.bankTree !== undefined) follow(bank.policy.bankTree, { world, bank });
  }
}

export function runStrategicCollateral(world: World): void {
  for (const bank of world.banks) {
    if (bank.policy.strategicCollateralTree === undefined) continue;
    follow(bank.policy.strategicCollateralTree, { world, bank });
  }
}

export function runEndOfTickCollateral(world: World): void {
  for (const bank of world.banks) {
    if (bank.policy.endOfTickCollateralTree === undefined) continue;
    follow(bank.policy.endOfTickCollateralTree, { world, bank });
  }
}

/** In which order the policy is asked; the queue itself keeps the order of arrival. */
function inOrder(world: World, waiting: readonly Payment[]): readonly Payment[] {
  return world.scenario.queue1_ordering === 'Fifo'
    ? [...waiting]
    : waiting.toSorted((a, b) => b.priority - a.priority || a.deadlineTick - b.deadlineTick);
}

function decideQueue1(world: World, bank: Bank): void {
  for (const payment of inOrder(world, bank.queue1)) {
    const turn = payment.releaseAtTick;
    if (turn === undefined) follow(bank.policy.paymentTree, { world, bank, payment });
    else if (turn <= world.tick) release(world, payment);
    else hold(world, payment, engineHold(`Staggered until tick ${turn}`));
  }
}

/** Drops what has left Queue 1, in place and in order. */
function keepWaiting(queue: Payment[]): void {
  let kept = 0;
  for (const payment of queue) {
    if (payment.state !== 'queue1') continue;
    queue[kept] = payment;
    kept += 1;
  }
  queue.length = kept;
}

function decideQueue2(world: World, bank: Bank): void {
  for (const payment of world.queue2.filter((queued) => queued.sender === bank)) {
    follow(bank.policy.queue2Tree, { world, bank, payment });
  }
  compactQueue2(world);
}

/**
 * Payment trees: once per payment in Queue 1, and once per own payment in Queue 2 where the tree can withdraw
 * or resubmit. A payment withdrawn in this tick is asked about again in the next one.
 */
export function runPaymentTrees(world: World): void {
  for (const bank of world.banks) {
    if (bank.queue1.length > bank.day.queue1Peak) bank.day.queue1Peak = bank.queue1.length;
    if (bank.queue1.length > 0) {
      decideQueue1(world, bank);
      keepWaiting(bank.queue1);
    }
    if (bank.policy.queue2Tree !== undefined && bank.queue2Count > 0) decideQueue2(world, bank);
  }
}
