import { formatMoney, formatPercent } from '../../lib/format.ts';
import { cents } from '../../lib/units.ts';

/** What a stored `acceptance_reason` says about the rules that were applied (strings of domain.md 6.4). */
export type StoredReason =
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
