import { formatMoney } from '../../lib/format.ts';
import { cents } from '../../lib/units.ts';
import type { ChartLine, ChartMark, Rule } from './panel.ts';
import { logTicks, niceTicks } from './ticks.ts';

export interface ValueAxis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

/** Smallest and largest of everything that has a height. */
export function extentOf(
  lines: readonly ChartLine[],
  marks: readonly ChartMark[],
  rules: readonly Rule[],
): readonly [number, number] | undefined {
  let [low, high] = [Infinity, -Infinity];
  const see = (value: number | undefined): void => {
    if (value === undefined || !Number.isFinite(value)) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  for (const line of lines) {
    for (const { value, interval } of line.points) {
      see(value);
      see(interval?.[0]);
      see(interval?.[1]);
    }
  }
  for (const { place } of marks) if (place.on !== 'rail') see(place.value);
  for (const rule of rules) see(rule.value);
  return low > high ? undefined : [low, high];
}

/** Room beyond the outermost value, so that its mark is whole. */
const headroom = 0.06;

/** The largest double in place of what overflows. */
const finite = (value: number): number => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));

/** From zero (or below it), with `unit` as the smallest step and as the height of an axis where all is zero. */
export function linearAxis(
  extent: readonly [number, number],
  unit: number,
  minStep: number,
  tickCount: number,
): ValueAxis {
  const low = Math.min(0, extent[0]);
  const high = Math.max(0, extent[1]);
  const span = high - low === 0 ? unit : finite(high - low);
  const domain = [
    low < 0 ? finite(low - span * headroom) : 0,
    high > 0 || low === 0 ? finite(high + span * headroom) : 0,
  ] as const;
  return { domain, ticks: niceTicks(domain[0], domain[1], tickCount, minStep) };
}

/** Around positive values only; the caller has moved the others to a rail. */
export function logAxis(extent: readonly [number, number]): ValueAxis {
  const domain = [extent[0] / 1.15, finite(extent[1] * 1.15)] as const;
  return { domain, ticks: logTicks(domain[0], domain[1], 6) };
}

/** Shares from a round twentieth below the lowest up to 100 %. */
export function shareAxis(extent: readonly [number, number]): ValueAxis {
  const low = Math.max(0, Math.floor((Math.min(extent[0], 0.92) - 0.01) * 20) / 20);
  return { domain: [low, 1 + (1 - low) * headroom], ticks: niceTicks(low, 1, 5) };
}

/** Tick texts of cents, without `.00` where every tick is whole dollars. */
export function moneyTickFormat(ticks: readonly number[]): (value: number) => string {
  const isWhole = ticks.every((tick) => tick % 100 === 0);
  return (value) => {
    const text = formatMoney(cents(BigInt(Math.round(value))));
    return isWhole ? text.replace(/\.00$/, '') : text;
  };
}
