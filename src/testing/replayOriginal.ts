/** A run of the original, under the reading of its configuration that its own records agree with (domain.md 7.7). */
import type { JsonObject } from '../lib/json.ts';
import type { StoredEvent } from '../domain/replay/details.ts';
import type { Reading } from '../domain/replay/offsetting/rules.ts';
import {
  openingOf,
  replayEvents,
  type PoolShares,
  type Replay,
  type TickListener,
} from '../domain/replay/replay.ts';

const readings: readonly Reading[] = ['command line', 'as stated'];

/** Events that only an engine with the dropped keys in force can write. */
const eventsOfStatedKeys: ReadonlySet<string> = new Set([
  'BilateralLimitExceeded',
  'MultilateralLimitExceeded',
  'PriorityEscalated',
  'EntryDispositionOffset',
  'AlgorithmExecution',
]);

export interface OriginalReplayOptions {
  readonly shares?: PoolShares;
  /** Is shown the reading that is kept, and no other. */
  readonly atEndOfTick?: TickListener;
}

export interface OriginalReplay extends Replay {
  readonly reading: Reading;
}

/**
 * Plays the readings in turn and keeps the first that nothing recorded contradicts; where each is contradicted, the one
 * with the fewest contradictions, which are its `violations`. Undefined when `config` is no scenario.
 */
export function replayOriginal(
  subject: string,
  config: JsonObject,
  events: readonly StoredEvent[],
  { shares = new Map(), atEndOfTick }: OriginalReplayOptions = {},
): OriginalReplay | undefined {
  const statedWasInForce = events.some(({ eventType }) => eventsOfStatedKeys.has(eventType));
  let best: OriginalReplay | undefined;
  for (const reading of readings) {
    if (reading === 'command line' && statedWasInForce) continue;
    const opening = openingOf(config, { reading, shares });
    if (opening === undefined) return undefined;
    const replay = { ...replayEvents(subject, opening, events), reading };
    if (best === undefined || replay.violations.length < best.violations.length) best = replay;
    if (replay.violations.length === 0) break;
  }
  const opening = best === undefined ? undefined : openingOf(config, { reading: best.reading, shares });
  if (best !== undefined && opening !== undefined && atEndOfTick !== undefined)
    replayEvents(subject, opening, events, atEndOfTick);
  return best;
}
