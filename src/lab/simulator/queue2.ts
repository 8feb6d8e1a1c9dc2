import { rtgsPriorities } from '../../domain/policy/interpret/ast.ts';
import type { Payment, World } from './world.ts';
import { canSettle, finishPayment, payGross, type SettledValue } from './settlement.ts';

function rank(payment: Payment): number {
  return rtgsPriorities.indexOf(payment.rtgsPriority);
}

/** Puts a payment behind those of its own priority: the queue runs by priority, then by entry. */
export function putIntoQueue2(world: World, payment: Payment): void {
  payment.state = 'queue2';
  payment.sender.queue2Count += 1;
  insert(world.queue2, payment);
}

/** A payment whose priority changed goes behind those of its new one. */
export function moveInQueue2(world: World, payment: Payment): void {
  world.queue2 = world.queue2.filter((other) => other !== payment);
  insert(world.queue2, payment);
}

function insert(queue2: Payment[], payment: Payment): void {
  const mine = rank(payment);
  let position = queue2.length;
  for (; position > 0; position -= 1) {
    const before = queue2[position - 1];
    if (before === undefined || rank(before) <= mine) break;
  }
  queue2.splice(position, 0, payment);
}

/** Drops what is no longer queued; call once after a pass that changed states. */
export function compactQueue2(world: World): void {
  world.queue2 = world.queue2.filter((payment) => payment.state === 'queue2');
}

/** Records a settlement of a queued payment; the queue itself is compacted by the caller. */
export function leaveQueue2Settled(world: World, payment: Payment): void {
  payment.sender.queue2Count -= 1;
  finishPayment(world, payment);
}

/** One pass over the queue, first to last: settles what its sender can pay by now, and logs every one. */
export function retryQueue2(world: World): SettledValue {
  let settlements = 0;
  let value = 0;
  for (const payment of world.queue2) {
    if (!canSettle(payment)) continue;
    payGross(world, payment);
    world.log?.({
      tick: world.tick,
      eventType: 'Queue2LiquidityRelease',
      txId: payment.id,
      details: {
        sender: payment.sender.id,
        receiver: payment.receiver.id,
        amount: payment.amount,
        queue_wait_ticks: world.tick - (payment.submissionTick ?? world.tick),
        release_reason: 'liquidity_available',
      },
    });
    leaveQueue2Settled(world, payment);
    settlements += 1;
    value += payment.amount;
  }
  if (settlements > 0) compactQueue2(world);
  return { settlements, value };
}
