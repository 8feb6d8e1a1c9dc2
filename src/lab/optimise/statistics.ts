/** Statistics of costs in cents. Means that become money are floored exactly; the rest judges, and may round. */

/** Two-sided 95 % quantiles of Student's t by degrees of freedom, as the original tabulates them (domain.md 6.2). */
const quantiles: readonly (readonly [number, number])[] = [
  [1, 12.706],
  [2, 4.303],
  [3, 3.182],
  [4, 2.776],
  [5, 2.571],
  [6, 2.447],
  [7, 2.365],
  [8, 2.306],
  [9, 2.262],
  [10, 2.228],
  [15, 2.131],
  [20, 2.086],
  [25, 2.06],
  [30, 2.042],
  [40, 2.021],
  [50, 2.009],
  [60, 2],
  [80, 1.99],
  [100, 1.984],
];

function studentT(degrees: number): number {
  if (degrees > 100) return 1.96;
  return quantiles.findLast(([df]) => df <= degrees)?.[1] ?? 12.706;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Floor of the mean of whole numbers, without a rounding on the way. */
export function flooredMean(values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + BigInt(value), 0n);
  const count = BigInt(values.length);
  const quotient = sum / count;
  return Number(sum % count < 0n ? quotient - 1n : quotient);
}

function squaredDeviations(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
}

/** Of a sample (n - 1); undefined for fewer than two values. */
export function sampleDeviation(values: readonly number[]): number | undefined {
  return values.length < 2 ? undefined : Math.sqrt(squaredDeviations(values) / (values.length - 1));
}

/** 95 % interval of the mean; undefined for fewer than two values. */
export function meanInterval(values: readonly number[]): readonly [number, number] | undefined {
  const deviation = sampleDeviation(values);
  if (deviation === undefined) return undefined;
  const margin = (studentT(values.length - 1) * deviation) / Math.sqrt(values.length);
  return [mean(values) - margin, mean(values) + margin];
}

/** Population deviation over mean; 0 for a constant 0. */
export function coefficientOfVariation(values: readonly number[]): number {
  const deviation = Math.sqrt(squaredDeviations(values) / values.length);
  return deviation === 0 ? 0 : deviation / mean(values);
}

/** Mann and Kendall's test: whether the values rise or fall, at a level of 5 % (normal approximation, ties counted). */
export function hasTrend(values: readonly number[]): boolean {
  const n = values.length;
  let score = 0;
  for (const [i, earlier] of values.entries()) {
    for (const later of values.slice(i + 1)) score += Math.sign(later - earlier);
  }
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const ties = [...counts.values()].reduce((sum, count) => sum + count * (count - 1) * (2 * count + 5), 0);
  const variance = (n * (n - 1) * (2 * n + 5) - ties) / 18;
  if (score === 0 || variance <= 0) return false;
  return (Math.abs(score) - 1) / Math.sqrt(variance) > 1.96;
}
