import type { Bank } from './bank.ts';
import type { Payment } from './payment.ts';
import type { World } from './world.ts';

/** Queue 2 seen as a graph: who waits to pay whom, each pair's payments in queue order. */
export interface QueuedPairs {
  /** Payments from one bank to another; undefined when there are none. */
  readonly between: (from: Bank, to: Bank) => readonly Payment[] | undefined;
  /** Whom a bank waits to pay, by the first payment to each. */
  readonly from: (bank: Bank) => readonly Bank[];
}

const nobody: readonly Bank[] = [];

/** One pass over the queue. Flat arrays by index: this is asked for in every tick with a queue. */
export function queuedPairs(world: World): QueuedPairs {
  const size = world.banks.length;
  const cells: (Payment[] | undefined)[] = [];
  const receivers: (Bank[] | undefined)[] = [];
  for (const payment of world.queue2) {
    const { sender, receiver } = payment;
    const at = sender.index * size + receiver.index;
    const cell = cells[at];
    if (cell !== undefined) {
      cell.push(payment);
      continue;
    }
    cells[at] = [payment];
    const known = receivers[sender.index];
    if (known === undefined) receivers[sender.index] = [receiver];
    else known.push(receiver);
  }
  return {
    between: (from, to) => cells[from.index * size + to.index],
    from: (bank) => receivers[bank.index] ?? nobody,
  };
}
