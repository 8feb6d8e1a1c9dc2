import { isJsonObject, type JsonObject } from '../../lib/json.ts';
import { agentId, type AgentId } from '../../lib/ids.ts';
import { addCents, cents, type Cents } from '../../lib/units.ts';
import { IncompleteEvent, type StoredEvent } from './details.ts';
import { offsetEvents } from './offsetting/outcomes.ts';
import { rulesOf, type Reading } from './offsetting/rules.ts';
import { placeOfStep, stepOfTick } from './offsetting/tickPlay.ts';
import { applyEvent } from './replayEvent.ts';
import { newReplay, noCosts, type ReplayOpening, type ReplayState } from './replayState.ts';
import { mismatch, type Violation } from './violation.ts';

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
      for (const event of events.slice(place)) if (!offsetEvents.has(event.eventType)) apply(event);
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
