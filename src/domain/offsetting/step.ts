import { cyclesOf, refusalOfCycle } from './cycles.ts';
import { pairsOf, refusalOfPair } from './pairs.ts';
import { limitOf, shortOf, type Refusal } from './refusal.ts';
import { pay, type OffsettingState, type QueuedPayment } from './state.ts';

/** `retry`: settled out of Queue 2 after an offset or a cycle; the original writes no event for it. */
export type StepWay = 'bilateral offset' | 'cycle' | 'retry';

/** One set of payments that a pass tried to settle. */
export interface Attempt {
  readonly way: 'bilateral offset' | 'cycle';
  /** 1 to 3. */
  readonly pass: number;
  /** Of a pair: in the order of the alphabet. */
  readonly banks: readonly number[];
  readonly txs: readonly number[];
  /** Of a pair: what each owes the other; of a cycle: its total. */
  readonly sums: readonly [bigint, bigint];
  readonly refusal: Refusal | undefined;
}

interface Settlement {
  readonly payment: QueuedPayment;
  readonly way: StepWay;
  readonly pass: number;
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
  const settle = (payments: Iterable<QueuedPayment>, way: StepWay, pass: number) => {
    for (const payment of payments) {
      pay(state, payment);
      state.queue.delete(payment.tx);
      settlements.push({ payment, way, pass });
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
      attempts.push({ way: 'bilateral offset', pass, banks, txs, sums, refusal });
      if (refusal === undefined) settle(payments, 'bilateral offset', pass);
    }
    if (settlements.length > settledBefore) settle(retried(state), 'retry', pass);

    const cycles = state.rules.cycles && state.queue.size > 0 ? cyclesOf(state) : [];
    for (const cycle of cycles) {
      if (!cycle.payments.every(({ tx }) => state.queue.has(tx))) continue;
      const refusal = refusalOfCycle(state, cycle);
      const txs = cycle.payments.map(({ tx }) => tx);
      attempts.push({ way: 'cycle', pass, banks: cycle.banks, txs, sums: [cycle.total, 0n], refusal });
      if (refusal === undefined) settle(cycle.payments, 'cycle', pass);
    }
    if (cycles.length > 0) settle(retried(state), 'retry', pass);

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
