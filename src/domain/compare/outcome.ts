import type { AgentId } from '../../lib/ids.ts';
import { subtractCents, type Cents, cents } from '../../lib/units.ts';
import { mean, sampleDeviation } from '../acceptance/statistics.ts';
import type { IterationRow, Proposal, VerdictCounts } from '../experiment/normalised.ts';
import { firstCostCents, mayLackLast } from '../experiment/saving.ts';
import { countVerdicts } from '../experiment/verdict.ts';

/** What one experiment came to. Costs are totals over its agents; undefined where one of them is not recorded. */
export interface Outcome {
  readonly iterations: number;
  readonly firstCents: Cents | undefined;
  /** Of the last iteration stored. */
  readonly finalCents: Cents | undefined;
  readonly finalOf: ReadonlyMap<AgentId, Cents>;
  readonly bestCents: Cents | undefined;
  /** The first iteration that cost so little. */
  readonly bestIteration: number | undefined;
  /** First minus final: positive is cheaper. */
  readonly savingCents: Cents | undefined;
  readonly counts: VerdictCounts;
}

/**
 * `iterations` in their order. Where rows of the experiment cannot be placed, each may have been the cheapest; and the last,
 * unless a gap is left for it.
 */
export function outcomeOf(
  iterations: readonly IterationRow[],
  proposals: readonly Proposal[],
  unplacedRows: number,
): Outcome {
  let best: IterationRow | undefined;
  for (const row of iterations) {
    if (row.totalCents === undefined) continue;
    if (best?.totalCents === undefined || row.totalCents < best.totalCents) best = row;
  }
  const numbers = iterations.map(({ iteration }) => iteration);
  const final = mayLackLast(numbers, unplacedRows) ? undefined : iterations.at(-1);
  const firstCents = firstCostCents(iterations[0]);
  if (unplacedRows > 0) best = undefined;
  return {
    iterations: iterations.length,
    firstCents,
    finalCents: final?.totalCents,
    finalOf: final?.costsCents ?? new Map(),
    bestCents: best?.totalCents,
    bestIteration: best?.iteration,
    savingCents: difference(firstCents, final?.totalCents),
    counts: countVerdicts(proposals),
  };
}

/** `a - b` where both are recorded. */
export function difference(a: Cents | undefined, b: Cents | undefined): Cents | undefined {
  return a === undefined || b === undefined ? undefined : subtractCents(a, b);
}

/** Accepted among all that were accepted or rejected; undefined where there is none of them. */
export function acceptanceRate({
  accepted,
  rejected,
}: Pick<VerdictCounts, 'accepted' | 'rejected'>): number | undefined {
  const judged = accepted + rejected;
  return judged === 0 ? undefined : accepted / judged;
}

/** So much of something for each dollar saved; undefined where nothing was saved. */
export function perDollar(amount: number, savingCents: Cents | undefined): number | undefined {
  return savingCents === undefined || savingCents <= 0n ? undefined : (100 * amount) / Number(savingCents);
}

/** Whether two records of an experiment hold the same iterations with the same costs and parameters. */
export function sameIterations(a: readonly IterationRow[], b: readonly IterationRow[]): boolean {
  return (
    a.length === b.length &&
    a.every((row, i) => {
      const other = b[i];
      return (
        row.iteration === other?.iteration &&
        sameEntries(row.costsCents, other.costsCents, Object.is) &&
        sameEntries(row.parameters, other.parameters, (one, two) => sameEntries(one, two, Object.is))
      );
    })
  );
}

function sameEntries<K, V>(
  a: ReadonlyMap<K, V>,
  b: ReadonlyMap<K, V>,
  same: (one: V, other: V) => boolean,
): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    const other = b.get(key);
    if (other === undefined || !same(value, other)) return false;
  }
  return true;
}

/** Middle and spread of one number over the passes of a group. */
export interface Spread {
  /** Passes that have the number. */
  readonly count: number;
  /** Passes of which it is not recorded. */
  readonly absent: number;
  readonly mean: number;
  /** Of a sample (n - 1); undefined for a single value. */
  readonly deviation: number | undefined;
  readonly low: number;
  readonly high: number;
}

/** Undefined where no pass has a number. Cents count as numbers: exact up to 2^53, the mean a fraction of a cent. */
export function spreadOf(values: readonly (Cents | number | undefined)[]): Spread | undefined {
  const found = values.flatMap((value) => (value === undefined ? [] : [Number(value)]));
  if (found.length === 0) return undefined;
  const low = found.reduce((a, b) => Math.min(a, b));
  const high = found.reduce((a, b) => Math.max(a, b));
  // The sum of equal fractions is rounded, and would leave a deviation where there is none.
  const areEqual = low === high && found.length > 1;
  return {
    count: found.length,
    absent: values.length - found.length,
    mean: areEqual ? low : mean(found),
    deviation: areEqual ? 0 : sampleDeviation(found),
    low,
    high,
  };
}

/** A mean of cents to the cent, half away from zero. */
export function nearestCents(value: number): Cents {
  return cents(value < 0 ? -Math.round(-value) : Math.round(value));
}
