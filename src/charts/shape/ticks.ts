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
