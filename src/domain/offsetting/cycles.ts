import { groupBy } from '../../lib/groupBy.ts';
import { edgesOf, type Edge } from './pairs.ts';
import { limitOf, shortOf, type Refusal } from './refusal.ts';
import { pairKey, type OffsettingState, type QueuedPayment } from './state.ts';

export interface Cycle {
  readonly banks: readonly number[];
  /** Of a cycle of three banks all payments of each edge, of a longer one a single payment an edge. */
  readonly payments: readonly QueuedPayment[];
  readonly total: bigint;
}

/** With more payments in Queue 2 the original looks for cycles of three banks only. */
const mostQueuedForLong = 100;

/** The largest cycles first, as many as a pass tries, and whether there was any. */
export function cyclesOf(state: OffsettingState): readonly Cycle[] {
  const { cyclesPerPass, longestCycle } = state.rules;
  const largest: Cycle[] = [];
  const keep = (cycle: Cycle) => {
    const last = largest.at(-1);
    if (last !== undefined && largest.length >= cyclesPerPass && cycle.total <= last.total) return;
    const place = largest.findIndex(({ total }) => total < cycle.total);
    largest.splice(place < 0 ? largest.length : place, 0, cycle);
    if (largest.length > cyclesPerPass) largest.pop();
  };
  triangles(state, keep);
  if (longestCycle >= 4 && state.queue.size <= mostQueuedForLong) longCycles(state, keep);
  return largest;
}

/** In the direction of the alphabet only, whole edges. */
function triangles(state: OffsettingState, keep: (cycle: Cycle) => void): void {
  const edges = edgesOf(state);
  const inOrder = [...edges.values()].sort((x, y) => x.from - y.from || x.to - y.to);
  const from = groupBy(inOrder, (edge) => edge.from);
  for (const first of inOrder) {
    if (first.from >= first.to) continue;
    for (const second of from.get(first.to) ?? []) {
      if (second.to <= second.from) continue;
      const third = edges.get(pairKey(state, second.to, first.from));
      if (third !== undefined) keep(triangle([first, second, third]));
    }
  }
}

function triangle(edges: readonly Edge[]): Cycle {
  return {
    banks: edges.map(({ from }) => from),
    payments: edges.flatMap(({ payments }) => payments),
    total: edges.reduce((sum, edge) => sum + edge.sum, 0n),
  };
}

/**
 * Cycles of four banks and more. Each is found once from every one of its banks: the original counts it as often
 * among those that a pass tries.
 */
function longCycles(state: OffsettingState, keep: (cycle: Cycle) => void): void {
  const leaving = groupBy(state.queue.values(), ({ sender }) => sender);
  const path: QueuedPayment[] = [];
  const visited = new Set<number>();
  const follow = (start: number, bank: number, total: bigint): void => {
    visited.add(bank);
    for (const payment of leaving.get(bank) ?? []) {
      const sum = total + payment.amount;
      if (payment.receiver === start) {
        if (path.length < 3) continue;
        const payments = [...path, payment];
        keep({ banks: payments.map(({ sender }) => sender), payments, total: sum });
      } else if (!visited.has(payment.receiver) && path.length + 1 < state.rules.longestCycle) {
        path.push(payment);
        follow(start, payment.receiver, sum);
        path.pop();
      }
    }
    visited.delete(bank);
  };
  for (const start of [...leaving.keys()].sort((x, y) => x - y)) follow(start, start, 0n);
}

/** Every bank must cover what it pays more than it gets; limits are asked of each payment by itself. */
export function refusalOfCycle(state: OffsettingState, { payments }: Cycle): Refusal | undefined {
  const net = new Map<number, bigint>();
  for (const { sender, receiver, amount } of payments) {
    net.set(sender, (net.get(sender) ?? 0n) + amount);
    net.set(receiver, (net.get(receiver) ?? 0n) - amount);
  }
  for (const bank of [...net.keys()].sort((x, y) => x - y)) {
    const owed = net.get(bank) ?? 0n;
    const short = owed > 0n ? shortOf(state, bank, owed) : undefined;
    if (short !== undefined) return short;
  }
  for (const { sender, receiver, amount } of payments) {
    const limit = limitOf(state, sender, receiver, amount);
    if (limit !== undefined) return limit;
  }
  return undefined;
}
