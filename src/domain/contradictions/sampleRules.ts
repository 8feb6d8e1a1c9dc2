import { flooredMean, type SampleStatistics } from '../acceptance/statistics.ts';
import type { Proposal } from '../experiment/normalised.ts';
import { cents } from '../../lib/units.ts';
import {
  countValue,
  moneyValue,
  type ComparedValue,
  type Contradiction,
  type ContradictionCode,
} from './contradiction.ts';

/** What only the stored samples tell. */
export interface SampleSums {
  /** Samples whose stored delta is not their old minus new cost. */
  readonly wrongDeltas: number;
}

/** The summary of an evaluation row against its own samples (domain.md 6.2). */
export function sampleContradictions(
  proposal: Proposal,
  samples: SampleStatistics & SampleSums,
): readonly Contradiction[] {
  const { count, savingSumCents, oldSumCents, newSumCents, newCostDeviationCents } = samples;
  const { iteration, agentId, sampleCount, deltaSumCents, oldCostCents, newCostCents } = proposal;
  const found: Contradiction[] = [];
  const add = (code: ContradictionCode, stored: ComparedValue, recomputed: ComparedValue) =>
    found.push({ code, subject: { iteration, agentId }, stored, recomputed, facts: { samples: count } });
  if (sampleCount !== undefined && sampleCount !== count)
    add('samples-count', countValue(sampleCount), countValue(count));
  if (deltaSumCents !== undefined && deltaSumCents !== savingSumCents)
    add('samples-sum', moneyValue(deltaSumCents), moneyValue(savingSumCents));
  const oldMean = flooredMean(oldSumCents, count);
  if (oldCostCents !== undefined && oldCostCents !== oldMean)
    add('samples-old-cost', moneyValue(oldCostCents), moneyValue(oldMean));
  const newMean = flooredMean(newSumCents, count);
  if (newCostCents !== undefined && newCostCents !== newMean)
    add('samples-new-cost', moneyValue(newCostCents), moneyValue(newMean));
  const { newCostStdDevCents: stored } = proposal;
  if (stored !== undefined && newCostDeviationCents !== undefined) {
    const deviation = cents(Math.trunc(newCostDeviationCents));
    const gap = stored - deviation;
    if (gap > 1n || gap < -1n) add('samples-deviation', moneyValue(stored), moneyValue(deviation));
  }
  if (samples.wrongDeltas > 0) add('sample-delta', countValue(samples.wrongDeltas), countValue(0));
  return found;
}
