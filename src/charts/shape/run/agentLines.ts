import type { AgentId } from '../../../lib/ids.ts';
import type { SeriesBucket } from '../../../domain/answers/runs.ts';
import { centsToPlotNumber } from '../../../lib/units.ts';
import type { LinePoint } from '../panel.ts';

/** An agent of a run; `index` is its place among the run's agents, which decides its colour. */
export interface RunChartAgent {
  readonly agentId: AgentId;
  readonly index: number;
}

/** From where to where the axis of a run goes: each tick is as wide as the next, the first and last too. */
export function tickSpan(tickCount: number): readonly [number, number] {
  return [-0.5, Math.max(1, tickCount) - 0.5];
}

/**
 * Vertices of a line of steps, drawn with `stepAfter`: the value of a tick stands over half a tick on both sides of
 * it. A bucket of several ticks is an upright stroke from its least to its most, then its last value.
 */
export function stepPoints(buckets: readonly SeriesBucket[]): readonly LinePoint[] {
  const points: LinePoint[] = [];
  const add = (at: number, value: number): void => {
    points.push({ iteration: at, value, interval: undefined });
  };
  for (const { fromTick, leastCents, mostCents, lastCents } of buckets) {
    const at = fromTick - 0.5;
    if (leastCents !== mostCents) {
      add(at, centsToPlotNumber(leastCents));
      add(at, centsToPlotNumber(mostCents));
    }
    add(at, centsToPlotNumber(lastCents));
  }
  const last = buckets.at(-1);
  if (last !== undefined) add(last.toTick + 0.5, centsToPlotNumber(last.lastCents));
  return points;
}

/** Stretches without a tick missing: between two of them the value is not known. */
export function knownStretches(buckets: readonly SeriesBucket[]): readonly (readonly SeriesBucket[])[] {
  const stretches: SeriesBucket[][] = [];
  let before: SeriesBucket | undefined;
  for (const bucket of buckets) {
    const last = stretches.at(-1);
    if (last === undefined || before === undefined || bucket.fromTick > before.toTick + 1)
      stretches.push([bucket]);
    else last.push(bucket);
    before = bucket;
  }
  return stretches;
}
