import { formatMoney } from '../../lib/format.ts';
import { cents } from '../../lib/units.ts';
import type { ChartLine, ChartMark, Rule } from './panel.ts';

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

/** 1, 2 or 5 times a power of ten: the smallest such step that gives at most `count` intervals. */
function niceStep(span: number, count: number): number {
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Below this a double has too few bits left for multiples of a step (the smallest normal double). */
const smallestStep = 2 ** -1022;

/** Round multiples of a nice step inside `[low, high]`; `minStep` 1 keeps whole numbers whole. */
export function niceTicks(low: number, high: number, count: number, minStep = 0): readonly number[] {
  if (!(high > low)) return [low];
  if (!Number.isFinite(high - low)) {
    // Beyond half the largest double a difference overflows; halves of such numbers are exact.
    return niceTicks(low / 2, high / 2, count, minStep / 2).map((tick) => 2 * tick);
  }
  const step = Math.max(niceStep(high - low, count), minStep);
  if (step < smallestStep) return [low];
  const from = Math.ceil(low / step - 1e-9);
  const to = Math.floor(high / step + 1e-9);
  // Multiples, not sums: 3 * 0.1 is closer to 0.3 than 0.1 + 0.1 + 0.1. Adding 0 turns -0 into 0.
  return Array.from({ length: to - from + 1 }, (_, i) => Number(((from + i) * step).toPrecision(12)) + 0);
}

/** Ticks of a log axis: powers of ten where there are enough, else 1-2-5, else every digit, else a linear choice. */
export function logTicks(low: number, high: number, count: number): readonly number[] {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  for (const digits of [[1], [1, 2, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9]]) {
    const ticks: number[] = [];
    for (let power = first; power <= last; power += 1) {
      for (const digit of digits) {
        const tick = Number((digit * 10 ** power).toPrecision(12));
        if (tick >= low && tick <= high) ticks.push(tick);
      }
    }
    if (ticks.length < 3) continue;
    const stride = Math.ceil(ticks.length / (count + 1));
    return ticks.filter((_, index) => index % stride === 0);
  }
  return niceTicks(low, high, count);
}

/** Iterations to write under the axis: all of them where they fit, else round ones. */
export function iterationTicks(first: number, last: number, count: number): readonly number[] {
  return last === first ? [first] : niceTicks(first, last, Math.max(1, count), 1);
}
