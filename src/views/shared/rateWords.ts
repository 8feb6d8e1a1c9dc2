import { formatPercent } from '../../lib/format.ts';

/** A settlement rate, or that there is none. */
export function rateWords(rate: number | undefined): string {
  return rate === undefined ? 'rate not recorded' : formatPercent(rate);
}
