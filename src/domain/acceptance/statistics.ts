import { cents, centsToPlotNumber, type Cents } from '../../lib/units.ts';
import type { Sample } from '../experiment/normalised.ts';

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

/** What the paired samples of one proposal say. Sums are exact; means keep the fraction of a cent. */
export interface SampleStatistics {
  readonly count: number;
  /** Sum of old - new; positive = the proposal is cheaper. */
  readonly savingSumCents: Cents;
  readonly oldSumCents: Cents;
  readonly newSumCents: Cents;
  /** Samples on which the proposal costs less, more, the same. */
  readonly better: number;
  readonly worse: number;
  readonly equal: number;
  readonly meanSavingCents: number;
  /** Of a sample (n - 1); undefined for fewer than two. */
  readonly savingDeviationCents: number | undefined;
  readonly meanNewCostCents: number;
  readonly newCostDeviationCents: number | undefined;
}

/** Undefined without samples. Savings are old minus new, whatever the stored `delta` says: that is checked elsewhere. */
export function sampleStatistics(samples: readonly Sample[]): SampleStatistics | undefined {
  if (samples.length === 0) return undefined;
  const savings = samples.map(({ oldCostCents, newCostCents }) => oldCostCents - newCostCents);
  const sum = (values: readonly bigint[]) => cents(values.reduce((total, value) => total + value, 0n));
  const savingNumbers = savings.map(Number);
  const newCosts = samples.map(({ newCostCents }) => centsToPlotNumber(newCostCents));
  return {
    count: samples.length,
    savingSumCents: sum(savings),
    oldSumCents: sum(samples.map(({ oldCostCents }) => oldCostCents)),
    newSumCents: sum(samples.map(({ newCostCents }) => newCostCents)),
    better: savings.filter((saving) => saving > 0n).length,
    worse: savings.filter((saving) => saving < 0n).length,
    equal: savings.filter((saving) => saving === 0n).length,
    meanSavingCents: mean(savingNumbers),
    savingDeviationCents: sampleDeviation(savingNumbers),
    meanNewCostCents: mean(newCosts),
    newCostDeviationCents: sampleDeviation(newCosts),
  };
}

/** 95 % interval of the mean saving: the one that speaks of the improvement. */
export function savingInterval(statistics: SampleStatistics): readonly [number, number] | undefined {
  const { meanSavingCents, savingDeviationCents: deviation, count } = statistics;
  return deviation === undefined ? undefined : intervalAround(meanSavingCents, deviation, count);
}

/** 95 % interval of the mean new cost: the one that is stored, and that the original tests. */
export function newCostInterval(statistics: SampleStatistics): readonly [number, number] | undefined {
  const { newCostDeviationCents: deviation, count, meanNewCostCents } = statistics;
  return deviation === undefined ? undefined : intervalAround(meanNewCostCents, deviation, count);
}

/** Means are stored as floored cents. */
export function flooredMean(sum: Cents, count: number): Cents {
  const n = BigInt(count);
  const quotient = sum / n;
  return cents(sum % n < 0n ? quotient - 1n : quotient);
}

/** Coefficient of variation of the new cost as the rule has it: truncated deviation over floored mean (domain.md 6.3). */
export function variationOfSamples(statistics: SampleStatistics): number | undefined {
  const { newCostDeviationCents: deviation, newSumCents, count } = statistics;
  const average = centsToPlotNumber(flooredMean(newSumCents, count));
  return deviation === undefined || average <= 0 ? undefined : Math.trunc(deviation) / average;
}
