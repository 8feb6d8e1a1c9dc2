import { formatCount } from '../../../lib/format.ts';

/** Days are counted from 1 for people; the first tick is tick 0, as stored. Undefined where no day length is known. */
function dayOf(tick: number, ticksPerDay: number | undefined): number | undefined {
  return ticksPerDay === undefined || ticksPerDay < 1 ? undefined : Math.floor(tick / ticksPerDay) + 1;
}

/** `of 99, day 1`: what stands behind the number of the tick. */
export function tickPlace(tick: number, tickCount: number, ticksPerDay: number | undefined): string {
  const day = dayOf(tick, ticksPerDay);
  const of = `of ${formatCount(Math.max(0, tickCount - 1))}`;
  return day === undefined ? of : `${of}, day ${formatCount(day)}`;
}

/** First ticks of the second and later days. */
export function dayStartsOf(tickCount: number, ticksPerDay: number | undefined): readonly number[] {
  if (ticksPerDay === undefined || ticksPerDay < 1) return [];
  const starts: number[] = [];
  for (let start = ticksPerDay; start < tickCount; start += ticksPerDay) starts.push(start);
  return starts;
}

/** A day later or earlier, kept inside the run; without days a tenth of the run. */
export function tickByDay(
  tick: number,
  direction: 1 | -1,
  tickCount: number,
  ticksPerDay: number | undefined,
): number {
  const step = ticksPerDay ?? Math.max(1, Math.round(tickCount / 10));
  return Math.max(0, Math.min(tickCount - 1, tick + direction * step));
}
