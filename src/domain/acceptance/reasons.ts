import { formatMoney, formatPercent } from '../../lib/format.ts';
import { cents, centsToPlotNumber, type Cents } from '../../lib/units.ts';
import type { Proposal } from '../experiment/normalised.ts';
import { savingOf } from '../experiment/saving.ts';
import type { ProposalKind } from '../experiment/verdict.ts';

/** What a stored `acceptance_reason` says about the rules that were applied (strings of domain.md 6.4). */
type StoredReason =
  | { readonly kind: 'passed'; readonly significance: boolean; readonly largestCv: number | undefined }
  | { readonly kind: 'worse'; readonly beforeStatistics: boolean }
  /** Bounds in cents, as printed. */
  | { readonly kind: 'not_significant'; readonly low: number; readonly high: number }
  | { readonly kind: 'unstable'; readonly cv: number; readonly limit: number }
  /** Shares, 0 to 1. */
  | { readonly kind: 'below_floor'; readonly rate: number; readonly floor: number };

const number = String.raw`(-?\d+(?:\.\d+)?(?:e-?\d+)?)`;
const passed = new RegExp(`^passed: delta_sum > 0(, CI > 0)?(?:, CV ≤ ${number})?$`);
const notSignificant = new RegExp(
  String.raw`^Improvement not statistically significant: 95% CI \[${number}, ${number}\] includes zero$`,
);
const unstable = new RegExp(`^Variance too high: CV=${number} exceeds threshold ${number}\\.`);
const belowFloor = new RegExp(`^Settlement rate ${number}% below minimum ${number}%`);

/** The reason taken apart; undefined for words that no known writer uses. */
export function parseReason(reason: string): StoredReason | undefined {
  switch (reason) {
    case 'cost_improved':
      return { kind: 'passed', significance: false, largestCv: undefined };
    case 'cost_not_improved':
      return { kind: 'worse', beforeStatistics: true };
    case 'delta_sum ≤ 0':
      return { kind: 'worse', beforeStatistics: false };
  }
  if (reason.startsWith('Mean improvement is negative or zero')) {
    return { kind: 'worse', beforeStatistics: false };
  }
  const [, ci, limit] = passed.exec(reason) ?? [];
  if (passed.test(reason)) {
    return { kind: 'passed', significance: ci !== undefined, largestCv: maybeNumber(limit) };
  }
  const [, low, high] = notSignificant.exec(reason) ?? [];
  if (low !== undefined) return { kind: 'not_significant', low: Number(low), high: Number(high) };
  const [, cv, threshold] = unstable.exec(reason) ?? [];
  if (cv !== undefined) return { kind: 'unstable', cv: Number(cv), limit: Number(threshold) };
  const [, rate, floor] = belowFloor.exec(reason) ?? [];
  if (rate !== undefined) {
    return { kind: 'below_floor', rate: Number(rate) / 100, floor: Number(floor) / 100 };
  }
  return undefined;
}

function maybeNumber(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

/** A stored reason in plain words: `cheaper in sum, interval above zero`; an unknown one stands as it is. */
export function plainStoredReason(stored: string): string {
  const reason = parseReason(stored);
  switch (reason?.kind) {
    case undefined:
      return stored;
    case 'passed':
      if (stored === 'cost_improved') return 'cheaper';
      return [
        'cheaper in sum',
        ...(reason.significance ? ['interval above zero'] : []),
        ...(reason.largestCv === undefined ? [] : [`spread at most ${reason.largestCv}`]),
      ].join(', ');
    case 'worse':
      return reason.beforeStatistics ? 'not cheaper' : 'not cheaper in sum';
    case 'not_significant':
      return `interval ${amount(reason.low)} to ${amount(reason.high)} includes zero`;
    case 'unstable':
      return `spread ${reason.cv}, at most ${reason.limit}`;
    case 'below_floor':
      return `settles ${formatPercent(reason.rate)}, floor ${formatPercent(reason.floor)}`;
  }
}

const amount = (centsAsPrinted: number) => formatMoney(cents(Math.trunc(centsAsPrinted)));

/** How far a proposal was from the other verdict: the distance to the rule that decided, in that rule's own unit. */
export interface Miss {
  readonly unit: 'cost' | 'lower bound' | 'variation' | 'settlement';
  /**
   * Orders proposals of one kind, 0 = on the line. Money is a share of the old cost; infinite where that is not above 0.
   * Variation is the excess over the limit, settlement the missing share of payments.
   */
  readonly distance: number;
  /** The same in cents a sample, for money only. */
  readonly cents: number | undefined;
}

/** Undefined where the file does not hold the numbers, or nothing was compared. */
export function missOf(proposal: Proposal, kind: ProposalKind): Miss | undefined {
  const reason = proposal.reason === undefined ? undefined : parseReason(proposal.reason);
  switch (kind) {
    case 'cheaper':
    case 'worse':
    case 'accepted': {
      const saving = savingOf(proposal);
      return saving === undefined ? undefined : money('cost', Math.abs(saving.plot), proposal.oldCostCents);
    }
    case 'not_significant':
      return reason?.kind === 'not_significant'
        ? money('lower bound', Math.max(0, -reason.low), proposal.oldCostCents)
        : undefined;
    case 'unstable': {
      if (reason?.kind !== 'unstable') return undefined;
      const excess = (variationOf(proposal) ?? reason.cv) - reason.limit;
      return { unit: 'variation', distance: Math.max(0, excess), cents: undefined };
    }
    case 'below_floor': {
      if (reason?.kind !== 'below_floor') return undefined;
      const rate = proposal.settlementRate ?? reason.rate;
      return { unit: 'settlement', distance: Math.max(0, reason.floor - rate), cents: undefined };
    }
    case 'unknown':
    case 'no_change':
    case 'invalid':
    case 'failed_call':
    case 'pending':
      return undefined;
  }
}

/** Stored deviation over stored mean of the new cost, as the rule has it (domain.md 6.3). */
export function variationOf(
  proposal: Pick<Proposal, 'newCostStdDevCents' | 'newCostCents'>,
): number | undefined {
  const { newCostStdDevCents: deviation, newCostCents: mean } = proposal;
  if (deviation === undefined || mean === undefined || mean <= 0n) return undefined;
  return centsToPlotNumber(deviation) / centsToPlotNumber(mean);
}

function money(unit: Miss['unit'], cents: number, oldCost: Cents | undefined): Miss {
  const old = oldCost === undefined ? 0 : centsToPlotNumber(oldCost);
  const distance = cents === 0 ? 0 : old > 0 ? cents / old : Number.POSITIVE_INFINITY;
  return { unit, distance, cents };
}

/** Nearest first; those whose distance is not known last. */
export function compareMiss(a: Miss | undefined, b: Miss | undefined): number {
  if (a === undefined || b === undefined) return (a === undefined ? 1 : 0) - (b === undefined ? 1 : 0);
  if (a.distance !== b.distance) return a.distance < b.distance ? -1 : 1;
  return (a.cents ?? 0) - (b.cents ?? 0);
}
