import type { AgentId } from '../../lib/ids.ts';
import { addCents, cents, type Cents, subtractCents } from '../../lib/units.ts';
import { IncompleteEvent } from './details.ts';
import type { OffsetEvent } from './offsetting/step.ts';
import type { OffsettingRules } from './offsetting/rules.ts';

/** Costs of an agent by component; `opportunity` is the one that the original's events leave out. */
export interface ReplayedCosts {
  liquidity: Cents;
  delay: Cents;
  collateral: Cents;
  penalty: Cents;
  splitFriction: Cents;
  opportunity: Cents;
  total: Cents;
}

export function noCosts(): ReplayedCosts {
  const zero = cents(0n);
  return {
    liquidity: zero,
    delay: zero,
    collateral: zero,
    penalty: zero,
    splitFriction: zero,
    opportunity: zero,
    total: zero,
  };
}

export function addCosts(sum: ReplayedCosts, costs: Readonly<ReplayedCosts>): void {
  sum.liquidity = addCents(sum.liquidity, costs.liquidity);
  sum.delay = addCents(sum.delay, costs.delay);
  sum.collateral = addCents(sum.collateral, costs.collateral);
  sum.penalty = addCents(sum.penalty, costs.penalty);
  sum.splitFriction = addCents(sum.splitFriction, costs.splitFriction);
  sum.opportunity = addCents(sum.opportunity, costs.opportunity);
  sum.total = addCents(sum.total, costs.total);
}

/** A payment as its `Arrival` told it. */
export interface ReplayedPayment {
  readonly sender: AgentId;
  readonly receiver: AgentId;
  readonly amount: Cents;
  rtgsPriority: string;
  parent: string | undefined;
  /** Parts not yet settled, for a payment that was split. */
  openParts: number;
}

export interface ReplayedAgent {
  balance: Cents;
  pendingCredit: Cents;
  postedCollateral: Cents;
  /** Overdraft that needs no collateral, in cents. */
  unsecuredCap: Cents;
  /** What was paid to each bank since the day began, which limits count. */
  readonly paidToday: Map<AgentId, Cents>;
  /** Ids in order; a Set keeps the order in which they came. */
  readonly queue1: Set<string>;
  readonly costs: ReplayedCosts;
  readonly tickCosts: ReplayedCosts;
  readonly dayCosts: ReplayedCosts;
  arrivals: number;
  settlements: number;
}

/**
 * How a payment settled: at once, by a release from Queue 2, by an offset or a cycle, in the retry that no event
 * records, or as the last part of a split.
 */
export type SettlementWay = 'rtgs' | 'release' | 'offset' | 'cycle' | 'silent' | 'children';

interface Settlement {
  readonly tick: number;
  readonly way: SettlementWay;
}

/** Order of the classes of Queue 2. */
const rtgsClasses = ['HighlyUrgent', 'Urgent', 'Normal'] as const;

/** What a run starts from; everything after comes from its events. */
export interface ReplayOpening {
  readonly agents: ReadonlyMap<
    AgentId,
    { readonly balance: Cents; readonly postedCollateral: Cents; readonly unsecuredCap: Cents }
  >;
  /**
   * Rules of the original's offsetting step, which is played instead of what its events claim; undefined for runs of
   * our lab, whose events tell what settled.
   */
  readonly offsetting: OffsettingRules | undefined;
  readonly deferredCrediting: boolean;
  readonly ticksPerDay: number;
  readonly ticks: number;
}

export interface ReplayState {
  readonly offsetting: OffsettingRules | undefined;
  /** The tick that is being played. */
  tick: number;
  readonly deferredCrediting: boolean;
  readonly agents: ReadonlyMap<AgentId, ReplayedAgent>;
  readonly payments: Map<string, ReplayedPayment>;
  readonly settlements: Map<string, Settlement>;
  /** Offset and cycle events of the original, in file order. */
  readonly offsets: OffsetEvent[];
  /** Ids by class, in order of entry; the original keeps one order for all classes. */
  readonly queue2: ReadonlyMap<string, Set<string>>;
}

export function newReplay(opening: ReplayOpening): ReplayState {
  return {
    offsetting: opening.offsetting,
    tick: 0,
    deferredCrediting: opening.deferredCrediting,
    agents: new Map(
      [...opening.agents].map(([id, { balance, postedCollateral, unsecuredCap }]) => [
        id,
        {
          balance,
          pendingCredit: cents(0n),
          postedCollateral,
          unsecuredCap,
          paidToday: new Map(),
          queue1: new Set(),
          costs: noCosts(),
          tickCosts: noCosts(),
          dayCosts: noCosts(),
          arrivals: 0,
          settlements: 0,
        },
      ]),
    ),
    payments: new Map(),
    settlements: new Map(),
    offsets: [],
    queue2: new Map(rtgsClasses.map((name) => [name, new Set()])),
  };
}

/** The whole of Queue 2 in its order. */
export function queue2Order(state: ReplayState): readonly string[] {
  return rtgsClasses.flatMap((name) => [...(state.queue2.get(name) ?? [])]);
}

// Money and payments moving: each move is one step that several events share.

export function agentOf(state: ReplayState, id: AgentId): ReplayedAgent {
  const found = state.agents.get(id);
  if (found === undefined) throw new IncompleteEvent(`the agent ${id} is not in the scenario`);
  return found;
}

export function paymentOf(state: ReplayState, id: string): ReplayedPayment {
  const found = state.payments.get(id);
  if (found === undefined) throw new IncompleteEvent(`the payment ${id} never arrived`);
  return found;
}

export function debit(state: ReplayState, id: AgentId, amount: Cents): void {
  const payer = agentOf(state, id);
  payer.balance = subtractCents(payer.balance, amount);
}

export function credit(state: ReplayState, id: AgentId, amount: Cents): void {
  const payee = agentOf(state, id);
  if (state.deferredCrediting) payee.pendingCredit = addCents(payee.pendingCredit, amount);
  else payee.balance = addCents(payee.balance, amount);
}

/** Net positions: out at once, in like any credit. */
export function moveNet(state: ReplayState, id: AgentId, net: Cents): void {
  if (net > 0n) credit(state, id, net);
  else debit(state, id, subtractCents(cents(0n), net));
}

export function leaveQueues(state: ReplayState, txId: string): void {
  agentOf(state, paymentOf(state, txId).sender).queue1.delete(txId);
  for (const waiting of state.queue2.values()) waiting.delete(txId);
}

/** From Queue 1 too: parts of a split one of the original are queued without a `PolicySubmit`. */
export function enterQueue2(state: ReplayState, txId: string): void {
  leaveQueues(state, txId);
  const { rtgsPriority } = paymentOf(state, txId);
  const waiting = state.queue2.get(state.offsetting === undefined ? rtgsPriority : 'Normal');
  if (waiting === undefined) throw new IncompleteEvent(`unknown class ${rtgsPriority}`);
  waiting.add(txId);
}

/** Whether a payment waits in Queue 2. */
export function isQueued(state: ReplayState, txId: string): boolean {
  return [...state.queue2.values()].some((waiting) => waiting.has(txId));
}

/** Outflow of the day, which limits count. */
export function countPaid(state: ReplayState, sender: AgentId, receiver: AgentId, amount: Cents): void {
  const { paidToday } = agentOf(state, sender);
  paidToday.set(receiver, addCents(paidToday.get(receiver) ?? cents(0n), amount));
}

/** A payment is settled; a split one is when its last part is. */
export function settle(state: ReplayState, txId: string, way: SettlementWay): void {
  leaveQueues(state, txId);
  const { sender, parent } = paymentOf(state, txId);
  const earlier = state.settlements.get(txId);
  if (earlier !== undefined)
    throw new IncompleteEvent(`the payment ${txId} settled before, in tick ${earlier.tick}`);
  state.settlements.set(txId, { tick: state.tick, way });
  if (parent === undefined) {
    agentOf(state, sender).settlements += 1;
    return;
  }
  const whole = paymentOf(state, parent);
  whole.openParts -= 1;
  if (whole.openParts > 0) return;
  agentOf(state, sender).settlements += 1;
  state.settlements.set(parent, { tick: state.tick, way: 'children' });
}
