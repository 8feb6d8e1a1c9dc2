import {
  limitOf,
  shortOf,
  type OffsetRefusal,
  pairKey,
  pay,
  type OffsettingState,
  type QueuedPayment,
} from './state.ts';
import { groupBy } from '../../lib/groupBy.ts';

/** `retry`: settled out of Queue 2 after an offset or a cycle; the original writes no event for it. */
export type StepWay = 'bilateral offset' | 'cycle' | 'retry';

/** One set of payments that a pass tried to settle. */
export interface Attempt {
  readonly way: 'bilateral offset' | 'cycle';
  /** Of a pair: in the order of the alphabet. */
  readonly banks: readonly number[];
  readonly txs: readonly number[];
  /** Of a pair: what each owes the other; of a cycle: its total. */
  readonly sums: readonly [bigint, bigint];
  readonly refusal: OffsetRefusal | undefined;
}

interface Settlement {
  readonly payment: QueuedPayment;
  readonly way: StepWay;
}

export interface StepResult {
  readonly attempts: readonly Attempt[];
  /** In the order in which they settled. */
  readonly settlements: readonly Settlement[];
}

const mostPasses = 3;

/** Plays the step of one tick: pairs, cycles and retries change the state as the original does (domain.md 7.7). */
export function playStep(state: OffsettingState): StepResult {
  const attempts: Attempt[] = [];
  const settlements: Settlement[] = [];
  const settle = (payments: Iterable<QueuedPayment>, way: StepWay) => {
    for (const payment of payments) {
      pay(state, payment);
      state.queue.delete(payment.tx);
      settlements.push({ payment, way });
    }
  };

  for (let pass = 1; pass <= mostPasses && state.queue.size > 0; pass += 1) {
    const settledBefore = settlements.length;
    const pairs = state.rules.pairs ? pairsOf(state) : [];
    for (const pair of pairs) {
      const payments = [...pair.a.payments, ...pair.b.payments];
      const refusal = refusalOfPair(state, pair);
      const banks = [pair.a.from, pair.a.to];
      const sums: [bigint, bigint] = [pair.a.sum, pair.b.sum];
      const txs = payments.map(({ tx }) => tx);
      attempts.push({ way: 'bilateral offset', banks, txs, sums, refusal });
      if (refusal === undefined) settle(payments, 'bilateral offset');
    }
    if (settlements.length > settledBefore) settle(retried(state), 'retry');

    const cycles = state.rules.cycles && state.queue.size > 0 ? cyclesOf(state) : [];
    for (const cycle of cycles) {
      if (!cycle.payments.every(({ tx }) => state.queue.has(tx))) continue;
      const refusal = refusalOfCycle(state, cycle);
      const txs = cycle.payments.map(({ tx }) => tx);
      attempts.push({ way: 'cycle', banks: cycle.banks, txs, sums: [cycle.total, 0n], refusal });
      if (refusal === undefined) settle(cycle.payments, 'cycle');
    }
    if (cycles.length > 0) settle(retried(state), 'retry');

    // Refused pairs count as progress; a refused cycle does by the retry after it alone.
    if (pairs.length === 0 && settlements.length === settledBefore) break;
  }
  return { attempts, settlements };
}

/** Payments that settle one by one, each asked when those before it have been settled. */
function* retried(state: OffsettingState): Generator<QueuedPayment> {
  for (const payment of state.queue.values()) {
    const { sender, receiver, amount } = payment;
    if (shortOf(state, sender, amount) !== undefined) continue;
    if (limitOf(state, sender, receiver, amount) !== undefined) continue;
    yield payment;
  }
}

interface Cycle {
  readonly banks: readonly number[];
  /** Of a cycle of three banks all payments of each edge, of a longer one a single payment an edge. */
  readonly payments: readonly QueuedPayment[];
  readonly total: bigint;
}

/** With more payments in Queue 2 the original looks for cycles of three banks only. */
const mostQueuedForLong = 100;

/** The largest cycles first, as many as a pass tries, and whether there was any. */
function cyclesOf(state: OffsettingState): readonly Cycle[] {
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
function refusalOfCycle(state: OffsettingState, { payments }: Cycle): OffsetRefusal | undefined {
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

/** All payments from one bank to another in Queue 2, in its order. */
interface Edge {
  readonly from: number;
  readonly to: number;
  readonly payments: QueuedPayment[];
  sum: bigint;
}

/** Queue 2 by `pairKey`. */
function edgesOf(state: OffsettingState): ReadonlyMap<number, Edge> {
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
interface Pair {
  readonly a: Edge;
  readonly b: Edge;
}

const released = ({ a, b }: Pair): bigint => (a.sum < b.sum ? a.sum : b.sum);

/** By the liquidity that the offset releases, largest first; ties by the alphabet. */
function pairsOf(state: OffsettingState): readonly Pair[] {
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
function refusalOfPair(state: OffsettingState, { a, b }: Pair): OffsetRefusal | undefined {
  const aPays = a.sum > b.sum;
  const net = aPays ? a.sum - b.sum : b.sum - a.sum;
  return (
    shortOf(state, aPays ? a.from : b.from, net) ??
    limitOf(state, a.from, a.to, a.sum) ??
    limitOf(state, b.from, b.to, b.sum)
  );
}
