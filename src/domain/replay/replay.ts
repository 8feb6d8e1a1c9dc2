import { isJsonObject, type JsonObject } from '../../lib/json.ts';
import { agentId, type AgentId } from '../../lib/ids.ts';
import { addCents, cents, subtractCents, type Cents } from '../../lib/units.ts';
import { IncompleteEvent, text, textList, type StoredEvent } from './details.ts';
import { nearTicks } from '../events.ts';
import { replayedOffsets, replayedOutcome, playStep, type StepSettlement } from './offsetting/step.ts';
import { rulesOf, type OffsettingRules, type Reading } from './offsetting/rules.ts';
import { applyEvent } from './replayEvent.ts';
import {
  newReplay,
  noCosts,
  queue2Order,
  type ReplayOpening,
  type ReplayState,
  agentOf,
  paymentOf,
  settle,
} from './replayState.ts';
import { mismatch, type Violation } from '../answers/resimulation.ts';

/** A whole number of a scenario, 0 where it is left out. */
function whole(config: JsonObject, key: string): bigint {
  const value = config[key] ?? 0;
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value))
    ? BigInt(value)
    : 0n;
}

/** Shares of their pools that agents commit on the first day, where an experiment's policies set them. */
export type PoolShares = ReadonlyMap<AgentId, number>;

/**
 * What the original adds to the opening balance before the first tick, without an event: the committed share of the
 * pool, rounded down to a cent. Its bare engine commits all of a pool of which nothing is said (domain.md 7.2).
 */
function committedPool(id: AgentId, agent: JsonObject, shares: PoolShares): Cents {
  const stated = agent.liquidity_allocation_fraction;
  const share = shares.get(id) ?? (typeof stated === 'number' ? stated : 1);
  return cents(BigInt(Math.floor(Number(whole(agent, 'liquidity_pool')) * share)));
}

/** What takes a run of the original from its stored scenario. */
export interface OriginalRun {
  readonly reading: Reading;
  readonly shares: PoolShares;
}

/**
 * What a run starts from, out of its stored scenario; undefined when that is no scenario. With `original` it is a run
 * of the original under what that reading takes to have been in force; without, a run of our lab.
 */
export function openingOf(config: JsonObject, original?: OriginalRun): ReplayOpening | undefined {
  const reading = original?.reading;
  const { simulation, agents } = config;
  if (!isJsonObject(simulation) || !Array.isArray(agents)) return undefined;
  const opening = new Map<AgentId, { balance: Cents; postedCollateral: Cents; unsecuredCap: Cents }>();
  for (const agent of agents) {
    if (!isJsonObject(agent) || typeof agent.id !== 'string') return undefined;
    const id = agentId(agent.id);
    const pool = original === undefined ? cents(0n) : committedPool(id, agent, original.shares);
    opening.set(id, {
      balance: addCents(cents(whole(agent, 'opening_balance')), pool),
      postedCollateral: cents(reading === 'command line' ? 0n : whole(agent, 'posted_collateral')),
      unsecuredCap: cents(whole(agent, 'unsecured_cap')),
    });
  }
  const ticksPerDay = Number(whole(simulation, 'ticks_per_day'));
  if (ticksPerDay <= 0) return undefined;
  return {
    agents: opening,
    offsetting: reading === undefined ? undefined : rulesOf(config, reading),
    deferredCrediting: config.deferred_crediting === true,
    ticksPerDay,
    ticks: ticksPerDay * Number(whole(simulation, 'num_days')),
  };
}

/** Is shown the state at the end of every tick, the quiet ones included. */
export type TickListener = (tick: number, state: ReplayState) => void;

export interface Replay {
  readonly state: ReplayState;
  /** Claims of events about balances and sums that the replay does not find (INV-6). */
  readonly violations: readonly Violation[];
}

/** A replay under way, for events that come in blocks. */
export interface RunningReplay {
  readonly see: (event: StoredEvent) => void;
  /** Plays the quiet ticks after the last event. */
  readonly finish: () => Replay;
}

export function startReplay(
  subject: string,
  opening: ReplayOpening,
  atEndOfTick: TickListener = () => undefined,
): RunningReplay {
  const state = newReplay(opening);
  const violations: Violation[] = [];
  const report = ({ tick, eventType }: Pick<StoredEvent, 'tick' | 'eventType'>, message: string) =>
    violations.push({
      invariant: 'INV-6',
      subject,
      message: `tick ${tick}, ${eventType}: ${message}`,
      tick,
    });
  const orReport = (event: Pick<StoredEvent, 'tick' | 'eventType'>, play: () => void) => {
    try {
      play();
    } catch (cause) {
      if (!(cause instanceof IncompleteEvent)) throw cause;
      report(event, cause.message);
    }
  };
  const apply = (event: StoredEvent) => {
    orReport(event, () => {
      applyEvent(state, event, (what, claimed, found) => {
        if (claimed !== found) report(event, mismatch(what, claimed, found));
      });
    });
  };
  /** Events of the tick under way: the place of the offsetting step shows when the tick is complete. */
  let pending: StoredEvent[] = [];
  const playTick = () => {
    const { offsetting: rules } = opening;
    if (rules === undefined) pending.forEach(apply);
    else {
      const events = pending;
      const place = placeOfStep(events);
      events.slice(0, place).forEach(apply);
      orReport({ tick: state.tick, eventType: 'offsetting' }, () => {
        stepOfTick(state, rules, events);
      });
      for (const event of events.slice(place)) if (!replayedOffsets.has(event.eventType)) apply(event);
    }
    pending = [];
  };
  const endTick = () => {
    playTick();
    atEndOfTick(state.tick, state);
    for (const agent of state.agents.values()) Object.assign(agent.tickCosts, noCosts());
    state.tick += 1;
    if (state.tick % opening.ticksPerDay !== 0) return;
    for (const agent of state.agents.values()) {
      Object.assign(agent.dayCosts, noCosts());
      agent.paidToday.clear();
    }
  };
  const finishTicksBefore = (next: number) => {
    while (state.tick < next) endTick();
  };
  return {
    see(event) {
      // The quiet ticks before it would be played too.
      if (event.tick >= nearTicks) {
        report(event, `beyond tick ${nearTicks - 1}, not replayed`);
        return;
      }
      finishTicksBefore(event.tick);
      pending.push(event);
    },
    finish() {
      finishTicksBefore(opening.ticks);
      // Events after the stated end of the run.
      if (pending.length > 0) playTick();
      return { state, violations };
    },
  };
}

/** Plays stored events, and nothing else, from the opening to the end of the run. */
export function replayEvents(
  subject: string,
  opening: ReplayOpening,
  events: Iterable<StoredEvent>,
  atEndOfTick: TickListener = () => undefined,
): Replay {
  const replay = startReplay(subject, opening, atEndOfTick);
  for (const event of events) replay.see(event);
  return replay.finish();
}

/** One tick of a run of the original: its events in file order, with the offsetting step at its place. */
/** What may follow the step in its tick (domain.md 7.1). */
const endOfTick: ReadonlySet<string> = new Set([
  'CollateralPost',
  'CollateralWithdraw',
  'DeferredCreditApplied',
  'CostAccrual',
  'TransactionWentOverdue',
  'EndOfDay',
  'StateRegisterSet',
  'LiquidityReturn',
]);

/** Where the step comes: at the first offset event, else after the last event that is no end-of-tick business. */
function placeOfStep(events: readonly StoredEvent[]): number {
  const first = events.findIndex(({ eventType }) => replayedOffsets.has(eventType));
  return first >= 0 ? first : events.findLastIndex(({ eventType }) => !endOfTick.has(eventType)) + 1;
}

/** Plays the step of a tick and notes what became of the offsets that its events tell of. */
function stepOfTick(state: ReplayState, rules: OffsettingRules, events: readonly StoredEvent[]): void {
  const offsets = events.filter(({ eventType }) => replayedOffsets.has(eventType));
  const settled = state.deferredCrediting
    ? playNamed(
        state,
        offsets,
        new Set(
          events
            .filter(({ eventType }) => eventType === 'DeferredCreditApplied')
            .flatMap(({ details }) => textList(details, 'source_transactions')),
        ),
      )
    : playStep(state, rules);
  for (const event of offsets) state.offsets.push(replayedOutcome(state, event, settled));
}

/** The offsetting step under deferred crediting, where the credits of the tick name what settled (domain.md 7.7). */
/** Payers are debited here, the whole of each payment; payees when their credits come. */
function book(state: ReplayState, { txIds, way }: StepSettlement): void {
  for (const txId of txIds) {
    const { sender, receiver, amount } = paymentOf(state, txId);
    const payer = agentOf(state, sender);
    payer.balance = subtractCents(payer.balance, amount);
    const payee = agentOf(state, receiver);
    payee.pendingCredit = addCents(payee.pendingCredit, amount);
    settle(state, txId, way);
  }
}

function betweenBanks(state: ReplayState, { details }: StoredEvent, waiting: readonly string[]) {
  const [a, b] = [text(details, 'agent_a'), text(details, 'agent_b')];
  const one = (from: string, to: string) =>
    waiting.filter((txId) => {
      const { sender, receiver } = paymentOf(state, txId);
      return sender === from && receiver === to;
    });
  const [ab, ba] = [one(a, b), one(b, a)];
  return ab.length > 0 && ba.length > 0 ? [...ab, ...ba] : [];
}

/**
 * Settles the payments of Queue 2 that `named` holds: those of a cycle event first, then whole pairs of banks, and what
 * is left as an offset of its own.
 */
function playNamed(
  state: ReplayState,
  events: readonly StoredEvent[],
  named: ReadonlySet<string>,
): readonly StepSettlement[] {
  let waiting = queue2Order(state).filter((txId) => named.has(txId));
  const settled: StepSettlement[] = [];
  const take = (way: StepSettlement['way'], txIds: readonly string[]) => {
    if (txIds.length === 0) return;
    waiting = waiting.filter((txId) => !txIds.includes(txId));
    const settlement = { way, pass: 1, txIds };
    book(state, settlement);
    settled.push(settlement);
  };
  for (const { eventType, details } of events) {
    if (eventType !== 'LsmCycleSettlement') continue;
    const txIds = textList(details, 'tx_ids');
    if (txIds.every((txId) => waiting.includes(txId))) take('cycle', txIds);
  }
  for (const event of events) {
    if (event.eventType !== 'LsmCycleSettlement') take('offset', betweenBanks(state, event, waiting));
  }
  take('offset', waiting);
  return settled;
}
