import { formatCount, formatMoney } from '../../lib/format.ts';
import type { LastDayOnly } from './days.ts';

/** `last day only; $6.00 over both days`, beside the cost that it is about. */
export function lastDayWords({ dayCount, allDaysCents }: LastDayOnly): string {
  return allDaysCents === undefined
    ? `last day only, of ${formatCount(dayCount)}`
    : `last day only; ${formatMoney(allDaysCents)} ${overDays(dayCount)}`;
}

/** `over both days`, `over all 5 days`. */
function overDays(dayCount: number): string {
  return dayCount === 2 ? 'over both days' : `over all ${formatCount(dayCount)} days`;
}
