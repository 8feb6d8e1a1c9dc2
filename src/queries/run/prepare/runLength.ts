import type { RunFacts } from '../../../domain/answers/experiments.ts';
import { formatCount } from '../../../lib/format.ts';
import { numberField, objectOf } from '../../read/jsonFields.ts';

/**
 * Ticks of which the state of every agent is kept: a grid of ticks and agents. A file may claim 2^31 - 1 of
 * them, which no engine of a browser can hold; the longest runs known have some 100,000.
 */
export const nearTicks = 1_000_000;

export interface RunLength {
  readonly ticksPerDay: number | undefined;
  readonly tickCount: number;
  /** What the file claims beyond that, one sentence each. */
  readonly refused: readonly string[];
}

/** Ticks of the stored row, or up to the last event: the days of a row may be wrong (domain.md 3.6). */
export function lengthOf(
  facts: RunFacts | undefined,
  configJson: string | undefined,
  kinds: readonly { readonly lastTick: number; readonly lastNearTick: number | undefined }[],
): RunLength {
  const simulation = objectOf(configJson)?.simulation;
  const section = typeof simulation === 'object' && simulation !== null && !Array.isArray(simulation);
  const configured = (key: string) => (section ? numberField(simulation[key]) : undefined);
  const ticksPerDay = facts?.ticksPerDay ?? configured('ticks_per_day');
  const days = Math.max(facts?.dayCount ?? 0, configured('num_days') ?? 0);
  const claimed = (ticksPerDay ?? 0) * days;
  const last = kinds.reduce((most, { lastTick }) => Math.max(most, lastTick), -1);
  const lastNear = kinds.reduce((most, { lastNearTick = -1 }) => Math.max(most, lastNearTick), -1);
  const refused: string[] = [];
  if (claimed > nearTicks) {
    refused.push(
      `The stored length of ${formatCount(days)} days of ${formatCount(ticksPerDay ?? 0)} ticks cannot be replayed: the ticks up to the last event are shown.`,
    );
  }
  if (last >= nearTicks) {
    refused.push(
      `Events beyond tick ${formatCount(nearTicks - 1)} (the last is at ${formatCount(last)}) are listed and not replayed.`,
    );
  }
  return {
    ticksPerDay,
    tickCount: Math.max(claimed > nearTicks ? 0 : claimed, lastNear + 1),
    refused,
  };
}
