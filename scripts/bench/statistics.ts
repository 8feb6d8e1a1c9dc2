export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  const lower = sorted[Math.ceil(middle) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError('the median of nothing');
  return (lower + upper) / 2;
}

export interface MeasuredSpread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function spread(values: readonly number[]): MeasuredSpread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/** Each round's own ratio: what slows the machine down for a while slows both sides of a round. */
export function ratios(numerators: readonly number[], denominators: readonly number[]): readonly number[] {
  if (numerators.length !== denominators.length) throw new RangeError('rounds are not paired');
  return numerators.map((value, i) => value / (denominators[i] ?? Number.NaN));
}
