import { canPay, exceededLimit, finishPayment, payGross } from './settlement.ts';
import { offset } from './offsetting.ts';
import type { Payment, World } from './world.ts';
import { compactQueue2, putIntoQueue2, leaveQueue2Settled } from './queue2.ts';

function settleAtOnce(world: World, payment: Payment): void {
  const before = payment.sender.balance;
  payGross(world, payment);
  world.log?.({
    tick: world.tick,
    eventType: 'RtgsImmediateSettlement',
    txId: payment.id,
    details: {
      sender: payment.sender.id,
      receiver: payment.receiver.id,
      amount: payment.amount,
      sender_balance_before: before,
      sender_balance_after: payment.sender.balance,
    },
  });
  finishPayment(world, payment);
}

/** Reports the sender's own limit that keeps the payment from settling. True when there is one. */
function stoppedByLimit(world: World, payment: Payment): boolean {
  const limit = exceededLimit(payment);
  if (limit === undefined) return false;
  const { sender, receiver, amount } = payment;
  const at = { tick: world.tick, txId: payment.id };
  if (limit.kind === 'bilateral') {
    world.log?.({
      ...at,
      eventType: 'BilateralLimitExceeded',
      details: {
        sender: sender.id,
        receiver: receiver.id,
        amount,
        current_bilateral_outflow: limit.current,
        bilateral_limit: limit.limit,
      },
    });
  } else {
    world.log?.({
      ...at,
      eventType: 'MultilateralLimitExceeded',
      details: {
        sender: sender.id,
        amount,
        current_total_outflow: limit.current,
        multilateral_limit: limit.limit,
      },
    });
  }
  return true;
}

/**
 * Entry disposition: sets the entering payment off against the oldest queued one in the other direction, when
 * whoever owes the difference can pay it. The money is told by the offset event that follows.
 */
function offsetAtEntry(world: World, payment: Payment): boolean {
  const { sender, receiver } = payment;
  const queued = world.queue2.find((other) => other.sender === receiver && other.receiver === sender);
  if (queued === undefined) return false;
  const difference = payment.amount - queued.amount;
  if (difference !== 0 && !canPay(difference > 0 ? sender : receiver, Math.abs(difference))) return false;
  world.log?.({
    tick: world.tick,
    eventType: 'EntryDispositionOffset',
    details: {
      incoming_tx_id: payment.id,
      queued_tx_id: queued.id,
      agent_a: sender.id,
      agent_b: receiver.id,
      offset_amount: Math.min(payment.amount, queued.amount),
      incoming_amount: payment.amount,
      queued_amount: queued.amount,
    },
  });
  offset(world, [payment], [queued], (settled) =>
    settled === queued ? leaveQueue2Settled(world, settled) : finishPayment(world, settled),
  );
  compactQueue2(world);
  return true;
}

/** First attempt for everything released in this tick, in order: settle, offset, or queue. */
export function settleReleased(world: World): void {
  const { released } = world;
  world.released = [];
  for (const payment of released) {
    if (!stoppedByLimit(world, payment)) {
      if (canPay(payment.sender, payment.amount)) {
        settleAtOnce(world, payment);
        continue;
      }
      if (world.scenario.entry_disposition_offsetting && offsetAtEntry(world, payment)) continue;
    }
    putIntoQueue2(world, payment);
    world.log?.({
      tick: world.tick,
      eventType: 'QueuedRtgs',
      txId: payment.id,
      details: { sender_id: payment.sender.id },
    });
  }
}
