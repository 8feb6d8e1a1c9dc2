import type { Proposal } from '../../domain/experiment/normalised.ts';
import { savingOf } from '../../domain/experiment/saving.ts';
import { cents, type Cents } from '../../lib/units.ts';
import type { RejectionKind, Verdict } from '../../domain/experiment/verdict.ts';

/** What became of a proposal, for counting: the rule of a rejection, else the verdict. */
export type CurveKind = Exclude<Verdict, 'rejected'> | RejectionKind;

/** From the bottom of a bar to its top. */
export const curveKinds: readonly CurveKind[] = [
  'accepted',
  'worse',
  'not_significant',
  'unstable',
  'below_floor',
  'unknown',
  'no_change',
  'invalid',
  'pending',
];

/** Bars at most; nine kinds in each stay below 400 marks. */
export const mostBins = 40;

type Counts = Readonly<Record<CurveKind, number>>;

/** Proposals of some iterations in a row, counted and summed. */
export interface CurveBin {
  readonly from: number;
  readonly to: number;
  readonly total: number;
  readonly counts: Counts;
  readonly money: Savings;
}

/** Old minus new cost as stored (of a mean over samples where there are samples), summed over proposals. */
export interface Savings {
  /** Of accepted proposals; undefined when none of them has its costs recorded. */
  readonly wonCents: Cents | undefined;
  /** Of proposals turned down though they were cheaper; undefined when no cost of one turned down is recorded. */
  readonly lostCents: Cents | undefined;
  readonly lostCount: number;
  /** Accepted and rejected proposals without recorded costs. */
  readonly withoutCosts: number;
}

function curveKindOf({ verdict, rejectionKind }: Pick<Proposal, 'verdict' | 'rejectionKind'>): CurveKind {
  return verdict === 'rejected' ? (rejectionKind ?? 'unknown') : verdict;
}

/** Bins of equal width over the iterations with proposals; one iteration each while there are few. */
export function curveBins(proposals: readonly Proposal[]): readonly CurveBin[] {
  const iterations = proposals.map(({ iteration }) => iteration);
  if (iterations.length === 0) return [];
  const first = iterations.reduce((low, k) => Math.min(low, k), Infinity);
  const last = iterations.reduce((high, k) => Math.max(high, k), 0);
  const width = Math.ceil((last - first + 1) / mostBins);
  const bins = new Map<number, Proposal[]>();
  for (const proposal of proposals) {
    const index = Math.floor((proposal.iteration - first) / width);
    const bin = bins.get(index) ?? [];
    bin.push(proposal);
    bins.set(index, bin);
  }
  return [...bins]
    .sort(([a], [b]) => a - b)
    .map(([index, of]) => {
      const from = first + index * width;
      return { from, to: Math.min(last, from + width - 1), ...totals(of) };
    });
}

export function totals(proposals: readonly Proposal[]): Pick<CurveBin, 'total' | 'counts' | 'money'> {
  const counts = Object.fromEntries(curveKinds.map((kind) => [kind, 0])) as Record<CurveKind, number>;
  for (const proposal of proposals) counts[curveKindOf(proposal)] += 1;
  return { total: proposals.length, counts, money: savingsOf(proposals) };
}

/** Exact: cents as bigints, never through a double. */
export function savingsOf(proposals: readonly Proposal[]): Savings {
  let [won, lost] = [0n, 0n];
  let [wonKnown, lostKnown, lostCount, withoutCosts] = [0, 0, 0, 0];
  for (const proposal of proposals) {
    const { verdict } = proposal;
    if (verdict !== 'accepted' && verdict !== 'rejected') continue;
    const found = savingOf(proposal);
    if (found === undefined) {
      withoutCosts += 1;
      continue;
    }
    const saving = found.cents;
    if (verdict === 'accepted') {
      won += saving;
      wonKnown += 1;
    } else {
      lostKnown += 1;
      // A mean may round to nothing: the sum over samples decides whether it was cheaper at all.
      if ((found.sumCents ?? saving) <= 0n) continue;
      lost += saving;
      lostCount += 1;
    }
  }
  return {
    wonCents: wonKnown === 0 ? undefined : cents(won),
    lostCents: lostKnown === 0 ? undefined : cents(lost),
    lostCount,
    withoutCosts,
  };
}
