/** Statistics of costs and savings in cents, as the acceptance rules use them (domain.md 6.2). They judge, and may round. */

/** Two-sided 95 % quantiles of Student's t by degrees of freedom, as the original tabulates them. */
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

/** Degrees that are not listed use the next lower ones. */
export function studentT(degrees: number): number {
  if (degrees > 100) return 1.96;
  return quantiles.findLast(([df]) => df <= degrees)?.[1] ?? 12.706;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function squaredDeviations(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
}

/** Of a sample (n - 1); undefined for fewer than two values. */
export function sampleDeviation(values: readonly number[]): number | undefined {
  return values.length < 2 ? undefined : Math.sqrt(squaredDeviations(values) / (values.length - 1));
}

/** 95 % interval of a mean from what is known of its sample. */
export function intervalAround(centre: number, deviation: number, count: number): readonly [number, number] {
  const margin = (studentT(count - 1) * deviation) / Math.sqrt(count);
  return [centre - margin, centre + margin];
}

/** 95 % interval of the mean; undefined for fewer than two values. */
export function meanInterval(values: readonly number[]): readonly [number, number] | undefined {
  const deviation = sampleDeviation(values);
  return deviation === undefined ? undefined : intervalAround(mean(values), deviation, values.length);
}
