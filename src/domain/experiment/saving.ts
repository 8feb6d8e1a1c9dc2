import { cents, centsToPlotNumber, subtractCents, type Cents } from '../../lib/units.ts';
import type { Proposal } from './normalised.ts';

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
  /** The stored delta, where old and new cost contradict it: then it is not the saving. */
  readonly contradictedDeltaCents?: Cents;
}

type Costs = Pick<Proposal, 'deltaSumCents' | 'sampleCount' | 'oldCostCents' | 'newCostCents'>;

/**
 * Whether the stored delta is none that old and new cost allow. A single comparison is exact. Of n samples both costs
 * are floored means (domain.md 6.2), so `delta_sum` lies within n - 1 cents of `n x (old - new)`.
 */
export function deltaContradictsCosts(costs: Costs): boolean {
  const { deltaSumCents: delta, sampleCount, oldCostCents: old, newCostCents: updated } = costs;
  if (delta === undefined || old === undefined || updated === undefined) return false;
  const n = BigInt(Math.max(1, sampleCount ?? 1));
  const gap = delta - n * (old - updated);
  return (gap < 0n ? -gap : gap) > n - 1n;
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
 * are floored, so old - new may be off by a cent, domain.md 6.2), else the stored difference, else old - new. A delta
 * that old and new cost contradict is set aside: the costs are what was measured.
 */
export function savingOf(proposal: Costs): Saving | undefined {
  const { deltaSumCents, sampleCount, oldCostCents, newCostCents } = proposal;
  if (deltaContradictsCosts(proposal) && oldCostCents !== undefined && newCostCents !== undefined) {
    const difference = subtractCents(oldCostCents, newCostCents);
    return {
      cents: difference,
      plot: centsToPlotNumber(difference),
      samples: sampleCount !== undefined && sampleCount > 1 ? sampleCount : undefined,
      sumCents: undefined,
      ...(deltaSumCents === undefined ? {} : { contradictedDeltaCents: deltaSumCents }),
    };
  }
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
export function storedDifference(proposal: Costs): Cents | undefined {
  const { oldCostCents, newCostCents } = proposal;
  if (oldCostCents === undefined || newCostCents === undefined) return undefined;
  const difference = subtractCents(oldCostCents, newCostCents);
  return difference === savingOf(proposal)?.cents ? undefined : difference;
}

/**
 * The first total cost of an experiment: that of iteration 0, as iterations are stored 0-based (domain.md 5.1). Undefined
 * where its row is missing or lost its number: what the next row cost is another number. `earliest` of the stored rows.
 */
export function firstCostCents(
  earliest: { readonly iteration: number; readonly totalCents: Cents | undefined } | undefined,
): Cents | undefined {
  return earliest?.iteration === 0 ? earliest.totalCents : undefined;
}

/**
 * Whether an iteration after these, in their order, may be among the rows that have lost their number. Not where numbers
 * missing below the last account for all of them: iterations are numbered without gaps (domain.md 5.1).
 */
export function mayLackLast(iterations: readonly number[], unplacedRows: number): boolean {
  const last = iterations.at(-1) ?? -1;
  return unplacedRows > Math.max(0, last + 1 - new Set(iterations).size);
}
