import type { Proposal } from './normalised.ts';
import { cents, centsToPlotNumber, subtractCents, type Cents } from './units.ts';

/** What a proposal saves: positive = cheaper than the policy in force. */
export interface Saving {
  /** To the cent, for text; a mean is rounded half away from zero. */
  readonly cents: Cents;
  /** Cents with the fraction of a mean, for a position only. */
  readonly plot: number;
  /** The number of samples it is the mean of; undefined for a single comparison. */
  readonly samples: number | undefined;
  /** The exact sum over samples, where there is one. */
  readonly sumCents: Cents | undefined;
}

/** To the cent, half away from zero. */
export function roundedMean(sum: Cents, count: number): Cents {
  const value: bigint = sum;
  const size = value < 0n ? -value : value;
  const n = BigInt(count);
  const mean = (2n * size + n) / (2n * n);
  return cents(value < 0n ? -mean : mean);
}

/**
 * The saving of a proposal, the same on every screen: the mean `delta_sum / num_samples` where it was judged on samples (both stored means
 * are floored, so old - new may be off by a cent, domain.md 6.2), else the stored difference, else old - new.
 */
export function savingOf(proposal: Proposal): Saving | undefined {
  const { deltaSumCents, sampleCount, oldCostCents, newCostCents } = proposal;
  if (deltaSumCents !== undefined && sampleCount !== undefined && sampleCount > 1) {
    return {
      cents: roundedMean(deltaSumCents, sampleCount),
      plot: centsToPlotNumber(deltaSumCents) / sampleCount,
      samples: sampleCount,
      sumCents: deltaSumCents,
    };
  }
  const single =
    deltaSumCents ??
    (oldCostCents === undefined || newCostCents === undefined
      ? undefined
      : subtractCents(oldCostCents, newCostCents));
  if (single === undefined) return undefined;
  return { cents: single, plot: centsToPlotNumber(single), samples: undefined, sumCents: undefined };
}

/** Old - new as stored, where that is not the saving: each is the floor of a mean. */
export function storedDifference(proposal: Proposal): Cents | undefined {
  const { oldCostCents, newCostCents } = proposal;
  if (oldCostCents === undefined || newCostCents === undefined) return undefined;
  const difference = subtractCents(oldCostCents, newCostCents);
  return difference === savingOf(proposal)?.cents ? undefined : difference;
}
