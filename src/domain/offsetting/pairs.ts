import { limitOf, shortOf, type Refusal } from './refusal.ts';
import { pairKey, type OffsettingState, type QueuedPayment } from './state.ts';

/** All payments from one bank to another in Queue 2, in its order. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly payments: QueuedPayment[];
  sum: bigint;
}

/** Queue 2 by `pairKey`. */
export function edgesOf(state: OffsettingState): ReadonlyMap<number, Edge> {
  const edges = new Map<number, Edge>();
  for (const payment of state.queue.values()) {
    const key = pairKey(state, payment.sender, payment.receiver);
    const edge = edges.get(key) ?? { from: payment.sender, to: payment.receiver, payments: [], sum: 0n };
    edge.payments.push(payment);
    edge.sum += payment.amount;
    edges.set(key, edge);
  }
  return edges;
}

/** Two banks with payments both ways; `a` comes first in the alphabet. */
export interface Pair {
  readonly a: Edge;
  readonly b: Edge;
}

const released = ({ a, b }: Pair): bigint => (a.sum < b.sum ? a.sum : b.sum);

/** By the liquidity that the offset releases, largest first; ties by the alphabet. */
export function pairsOf(state: OffsettingState): readonly Pair[] {
  const edges = edgesOf(state);
  const pairs: Pair[] = [];
  for (const a of edges.values()) {
    const b = a.from < a.to ? edges.get(pairKey(state, a.to, a.from)) : undefined;
    if (b !== undefined && a.sum > 0n && b.sum > 0n) pairs.push({ a, b });
  }
  return pairs.sort((x, y) => {
    const [first, second] = [released(x), released(y)];
    if (first !== second) return first > second ? -1 : 1;
    return x.a.from - y.a.from || x.a.to - y.a.to;
  });
}

/** The bank that owes the difference must cover it, and whole sums count against the limits of both. */
export function refusalOfPair(state: OffsettingState, { a, b }: Pair): Refusal | undefined {
  const aPays = a.sum > b.sum;
  const net = aPays ? a.sum - b.sum : b.sum - a.sum;
  return (
    shortOf(state, aPays ? a.from : b.from, net) ??
    limitOf(state, a.from, a.to, a.sum) ??
    limitOf(state, b.from, b.to, b.sum)
  );
}
