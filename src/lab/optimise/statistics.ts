/** Statistics of the optimisation loop. Means that become money are floored exactly; the rest judges, and may round. */
import { mean, squaredDeviations } from '../../domain/acceptance/statistics.ts';

/** Floor of the mean of whole numbers, without a rounding on the way. */
export function flooredMeanOf(values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + BigInt(value), 0n);
  const count = BigInt(values.length);
  const quotient = sum / count;
  return Number(sum % count < 0n ? quotient - 1n : quotient);
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
