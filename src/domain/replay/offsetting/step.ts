/**
 * The offsetting step of the original, played on the known Queue 2 (domain.md 7.7): pairs, cycles and the retry
 * that no event records. Written from that description alone, so that it and the preparation of a run can disagree.
 */
import type { AgentId } from '../../../lib/ids.ts';
import { addCents, cents, subtractCents, type Cents } from '../../../lib/units.ts';
import { text, textList, type StoredEvent } from '../details.ts';
import { agentOf, countPaid, paymentOf, settle, queue2Order, type ReplayState } from '../replayState.ts';
import type { OffsettingRules } from './rules.ts';

/** Payments that one offset or cycle of the step settled. */
export interface StepSettlement {
  readonly way: 'offset' | 'cycle';
  /** 1 to 3. */
  readonly pass: number;
  readonly txIds: readonly string[];
}

interface Pair {
  readonly a: AgentId;
  readonly b: AgentId;
  readonly txIds: readonly string[];
  readonly fromA: Cents;
  readonly fromB: Cents;
}

const mostPasses = 3;
const smaller = ({ fromA, fromB }: Pair) => (fromA < fromB ? fromA : fromB);

/** Two banks with payments both ways; the one that releases most liquidity first. */
function pairsOf(state: ReplayState): readonly Pair[] {
  const pairs = new Map<string, { a: AgentId; b: AgentId; ab: string[]; ba: string[] }>();
  for (const txId of queue2Order(state)) {
    const { sender, receiver } = paymentOf(state, txId);
    const [a, b] = sender < receiver ? [sender, receiver] : [receiver, sender];
    const key = JSON.stringify([a, b]);
    const pair = pairs.get(key) ?? { a, b, ab: [], ba: [] };
    (sender === a ? pair.ab : pair.ba).push(txId);
    pairs.set(key, pair);
  }
  const sum = (txIds: readonly string[]) =>
    txIds.reduce((total, txId) => addCents(total, paymentOf(state, txId).amount), cents(0n));
  return [...pairs.values()]
    .filter(({ ab, ba }) => ab.length > 0 && ba.length > 0)
    .map(({ a, b, ab, ba }) => ({ a, b, txIds: [...ab, ...ba], fromA: sum(ab), fromB: sum(ba) }))
    .sort((x, y) => {
      if (smaller(x) !== smaller(y)) return smaller(x) > smaller(y) ? -1 : 1;
      return x.a === y.a ? (x.b < y.b ? -1 : 1) : x.a < y.a ? -1 : 1;
    });
}

function pairSettles(state: ReplayState, rules: OffsettingRules, { a, b, fromA, fromB }: Pair): boolean {
  const payer = fromA > fromB ? a : b;
  const net = fromA > fromB ? subtractCents(fromA, fromB) : subtractCents(fromB, fromA);
  return (
    covers(state, rules, payer, net) &&
    withinLimits(state, rules, a, b, fromA) &&
    withinLimits(state, rules, b, a, fromB)
  );
}

function cycleSettles(state: ReplayState, rules: OffsettingRules, cycle: Cycle): boolean {
  const covered = [...cycle.nets].every(
    ([id, net]) => net >= 0n || covers(state, rules, id, subtractCents(cents(0n), net)),
  );
  return (
    covered &&
    cycle.txIds.every((txId) => {
      const { sender, receiver, amount } = paymentOf(state, txId);
      return withinLimits(state, rules, sender, receiver, amount);
    })
  );
}

/** Moves the whole of each payment; what is left of it all is the net. */
function book(state: ReplayState, txIds: readonly string[], way: 'offset' | 'cycle' | 'silent'): void {
  for (const txId of txIds) {
    const { sender, receiver, amount } = paymentOf(state, txId);
    const payer = agentOf(state, sender);
    payer.balance = subtractCents(payer.balance, amount);
    const payee = agentOf(state, receiver);
    payee.balance = addCents(payee.balance, amount);
    countPaid(state, sender, receiver, amount);
    settle(state, txId, way);
  }
}

function retry(state: ReplayState, rules: OffsettingRules): void {
  for (const txId of queue2Order(state)) {
    const { sender, receiver, amount } = paymentOf(state, txId);
    if (covers(state, rules, sender, amount) && withinLimits(state, rules, sender, receiver, amount))
      book(state, [txId], 'silent');
  }
}

/** Plays the step of one tick; gives what it settled by offset and cycle, in order. */
export function playStep(state: ReplayState, rules: OffsettingRules): readonly StepSettlement[] {
  const settled: StepSettlement[] = [];
  let cyclesLeft = rules.maxCyclesPerTick;
  for (let pass = 1, progress = true; progress && pass <= mostPasses; pass += 1) {
    const take = (way: 'offset' | 'cycle', txIds: readonly string[]) => {
      book(state, txIds, way);
      settled.push({ way, pass, txIds });
    };
    const pairs = rules.pairs ? pairsOf(state) : [];
    let anyPair = false;
    for (const pair of pairs) {
      if (!pairSettles(state, rules, pair)) continue;
      take('offset', pair.txIds);
      anyPair = true;
    }
    if (anyPair) retry(state, rules);
    const cycles = rules.cycles ? findCycles(state, rules.maxCycleLength) : [];
    const used = new Set<string>();
    for (const cycle of cycles) {
      if (cyclesLeft === 0) break;
      if (cycle.txIds.some((txId) => used.has(txId)) || !cycleSettles(state, rules, cycle)) continue;
      take('cycle', cycle.txIds);
      for (const txId of cycle.txIds) used.add(txId);
      cyclesLeft -= 1;
    }
    if (cycles.length > 0) retry(state, rules);
    progress = pairs.length > 0 || cycles.length > 0;
  }
  return settled;
}

/** What a bank can pay in the offsetting step: cover by balance and credit, and limits of the day. */
/** Credit in cents: the unsecured cap, and posted collateral after the haircut, rounded down. */
function roomOf(state: ReplayState, rules: OffsettingRules, id: AgentId): Cents {
  const { unsecuredCap, postedCollateral } = agentOf(state, id);
  const share = 1 - (rules.haircuts.get(id) ?? 0);
  return addCents(unsecuredCap, cents(BigInt(Math.floor(Number(postedCollateral) * share))));
}

/** Whether a payment of `amount` leaves the bank within its balance and credit. */
function covers(state: ReplayState, rules: OffsettingRules, id: AgentId, amount: Cents): boolean {
  const left = subtractCents(agentOf(state, id).balance, amount);
  return addCents(left, roomOf(state, rules, id)) >= 0n;
}

/** Whether the limits of the sender allow `amount` more to the receiver today. */
function withinLimits(
  state: ReplayState,
  rules: OffsettingRules,
  sender: AgentId,
  receiver: AgentId,
  amount: Cents,
): boolean {
  const limits = rules.limits.get(sender);
  if (limits === undefined) return true;
  const { paidToday } = agentOf(state, sender);
  const bilateral = limits.bilateral.get(receiver);
  if (bilateral !== undefined && (paidToday.get(receiver) ?? 0n) + amount > bilateral) return false;
  if (limits.multilateral === undefined) return true;
  return [...paidToday.values()].reduce(addCents, amount) <= limits.multilateral;
}

/** Cycles of payments in Queue 2, in the order in which the original tries them. */
interface Cycle {
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
function findCycles(state: ReplayState, maxLength: number): readonly Cycle[] {
  const queued = queue2Order(state);
  const edges = edgesOf(state, queued);
  const found = [...(maxLength >= 3 ? triangles(edges) : [])];
  if (maxLength >= 4 && queued.length <= mostPaymentsForLongCycles)
    found.push(...longCycles(edges, maxLength));
  return found
    .map((txIds) => cycleOf(state, txIds))
    .sort((a, b) => (a.total === b.total ? 0 : a.total > b.total ? -1 : 1));
}

/** What became of an offset that a run's events tell of. */
type OffsetOutcome = 'settled' | 'settled in a later pass' | 'refused';

/** One offset or cycle event, in file order. */
export interface OffsetEvent {
  readonly tick: number;
  readonly eventType: string;
  readonly outcome: OffsetOutcome;
  /** The payments that it settled; in a later pass these may be others than it names. */
  readonly txIds: readonly string[];
}

export const replayedOffsets: ReadonlySet<string> = new Set([
  'LsmBilateralOffset',
  'LsmCycleSettlement',
  'EntryDispositionOffset',
]);

const sameIds = (some: readonly string[], others: readonly string[]) =>
  some.length === others.length && some.every((txId) => others.includes(txId));

/** The settlement of the step that an event tells of: a cycle by its payments, a pair by its two banks. */
function settlementOf(
  state: ReplayState,
  { eventType, details }: StoredEvent,
  settled: readonly StepSettlement[],
): StepSettlement | undefined {
  if (eventType === 'LsmCycleSettlement') {
    const txIds = textList(details, 'tx_ids');
    return settled.find((one) => one.way === 'cycle' && sameIds(one.txIds, txIds));
  }
  const banks = [text(details, 'agent_a'), text(details, 'agent_b')];
  return settled.find(
    ({ way, txIds: [first] }) =>
      way === 'offset' &&
      first !== undefined &&
      banks.includes(paymentOf(state, first).sender) &&
      banks.includes(paymentOf(state, first).receiver),
  );
}

export function replayedOutcome(
  state: ReplayState,
  event: StoredEvent,
  settled: readonly StepSettlement[],
): OffsetEvent {
  const { tick, eventType } = event;
  const found = settlementOf(state, event, settled);
  if (found === undefined) return { tick, eventType, outcome: 'refused', txIds: [] };
  const outcome = found.pass === 1 ? 'settled' : 'settled in a later pass';
  return { tick, eventType, outcome, txIds: found.txIds };
}
