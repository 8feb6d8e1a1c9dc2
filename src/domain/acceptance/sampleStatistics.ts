import type { Sample } from '../experiment/normalised.ts';
import { cents, centsToPlotNumber, type Cents } from '../../lib/units.ts';
import { intervalAround, mean, sampleDeviation } from './statistics.ts';

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
