import { isJsonObject, type JsonObject } from '../../lib/json.ts';
import { agentId, type AgentId } from '../ids.ts';
import { cents, type Cents } from '../units.ts';
import { IncompleteEvent, type StoredEvent } from './details.ts';
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

/** What a run starts from, out of its stored scenario; undefined when that is no scenario. */
export function openingOf(config: JsonObject): ReplayOpening | undefined {
  const { simulation, agents } = config;
  if (!isJsonObject(simulation) || !Array.isArray(agents)) return undefined;
  const opening = new Map<AgentId, { balance: Cents; postedCollateral: Cents }>();
  for (const agent of agents) {
    if (!isJsonObject(agent) || typeof agent.id !== 'string') return undefined;
    opening.set(agentId(agent.id), {
      balance: cents(whole(agent, 'opening_balance')),
      postedCollateral: cents(whole(agent, 'posted_collateral')),
    });
  }
  const ticksPerDay = Number(whole(simulation, 'ticks_per_day'));
  if (ticksPerDay <= 0) return undefined;
  return {
    agents: opening,
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
  const report = (event: StoredEvent, message: string) =>
    violations.push({
      invariant: 'INV-6',
      subject,
      message: `tick ${event.tick}, ${event.eventType}: ${message}`,
      tick: event.tick,
    });
  let tick = 0;
  const finishTicksBefore = (next: number) => {
    for (; tick < next; tick += 1) {
      atEndOfTick(tick, state);
      for (const agent of state.agents.values()) Object.assign(agent.tickCosts, noCosts());
      if ((tick + 1) % opening.ticksPerDay !== 0) continue;
      for (const agent of state.agents.values()) Object.assign(agent.dayCosts, noCosts());
    }
  };
  return {
    see(event) {
      finishTicksBefore(event.tick);
      try {
        applyEvent(state, event, (what, claimed, found) => {
          if (claimed !== found) report(event, mismatch(what, claimed, found));
        });
      } catch (cause) {
        if (!(cause instanceof IncompleteEvent)) throw cause;
        report(event, cause.message);
      }
    },
    finish() {
      finishTicksBefore(opening.ticks);
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
