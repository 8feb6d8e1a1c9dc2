/** Cycles of payments in Queue 2, in the order in which the original tries them. */
import type { AgentId } from '../../../lib/ids.ts';
import { addCents, cents, subtractCents, type Cents } from '../../../lib/units.ts';
import { paymentOf } from '../replayMoves.ts';
import { queue2Order, type ReplayState } from '../replayState.ts';

export interface Cycle {
  readonly txIds: readonly string[];
  readonly total: Cents;
  /** What each bank gets less what it pays, in cents. */
  readonly nets: ReadonlyMap<AgentId, Cents>;
}

type Edges = ReadonlyMap<AgentId, ReadonlyMap<AgentId, readonly string[]>>;

/** More payments than this in Queue 2, and the original looks for cycles of three banks alone. */
const mostPaymentsForLongCycles = 100;

function edgesOf(state: ReplayState, queued: readonly string[]): Edges {
  const edges = new Map<AgentId, Map<AgentId, string[]>>();
  for (const txId of queued) {
    const { sender, receiver } = paymentOf(state, txId);
    const out = edges.get(sender) ?? new Map<AgentId, string[]>();
    edges.set(sender, out.set(receiver, [...(out.get(receiver) ?? []), txId]));
  }
  return edges;
}

function cycleOf(state: ReplayState, txIds: readonly string[]): Cycle {
  const nets = new Map<AgentId, Cents>();
  let total = cents(0n);
  for (const txId of txIds) {
    const { sender, receiver, amount } = paymentOf(state, txId);
    nets.set(sender, subtractCents(nets.get(sender) ?? cents(0n), amount));
    nets.set(receiver, addCents(nets.get(receiver) ?? cents(0n), amount));
    total = addCents(total, amount);
  }
  return { txIds, total, nets };
}

/** Three banks, in alphabetical direction only, with all payments between them. */
function* triangles(edges: Edges): Generator<readonly string[]> {
  const banks = [...edges.keys()].sort();
  for (const first of banks) {
    for (const second of banks) {
      const there = edges.get(first)?.get(second);
      if (second <= first || there === undefined) continue;
      for (const third of banks) {
        const on = edges.get(second)?.get(third);
        const back = edges.get(third)?.get(first);
        if (third > second && on !== undefined && back !== undefined) yield [...there, ...on, ...back];
      }
    }
  }
}

/** Four banks and more, one payment an edge, each cycle once: it starts at its first bank by name. */
function* longCycles(edges: Edges, maxLength: number): Generator<readonly string[]> {
  function* onward(path: readonly AgentId[], txIds: readonly string[]): Generator<readonly string[]> {
    const [first] = path;
    const last = path.at(-1);
    if (first === undefined || last === undefined) return;
    for (const [next, payments] of edges.get(last) ?? []) {
      for (const txId of payments) {
        if (next === first && path.length >= 4) yield [...txIds, txId];
        else if (next > first && !path.includes(next) && path.length < maxLength)
          yield* onward([...path, next], [...txIds, txId]);
      }
    }
  }
  for (const bank of [...edges.keys()].sort()) yield* onward([bank], []);
}

/** All cycles of Queue 2 as it stands, largest total first. */
export function findCycles(state: ReplayState, maxLength: number): readonly Cycle[] {
  const queued = queue2Order(state);
  const edges = edgesOf(state, queued);
  const found = [...(maxLength >= 3 ? triangles(edges) : [])];
  if (maxLength >= 4 && queued.length <= mostPaymentsForLongCycles)
    found.push(...longCycles(edges, maxLength));
  return found
    .map((txIds) => cycleOf(state, txIds))
    .sort((a, b) => (a.total === b.total ? 0 : a.total > b.total ? -1 : 1));
}
