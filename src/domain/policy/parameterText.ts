import { minusSign, numberText, withMinus } from '../../lib/format.ts';

/** The share of the pool that is committed at the start: the quantity optimised in all published experiments. */
export const liquidityFraction = 'initial_liquidity_fraction';

const digits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 12 });

/** Written out up to here; beyond it a number is a row of zeros. */
const mostWritten = 1e15;

/** The value with all the digits that were written; the liquidity fraction in percent. */
export function parameterText(name: string, value: number): string {
  if (Math.abs(value) >= mostWritten) return numberText(value);
  return withMinus(name === liquidityFraction ? `${digits.format(value * 100)} %` : digits.format(value));
}

/** How much `after` is above `before`, in percent of `before`: `+10.5 %`; undefined where there is no base. */
export function percentChange(before: number, after: number): string | undefined {
  if (before === 0 || !Number.isFinite(before) || !Number.isFinite(after)) return undefined;
  const percent = (100 * (after - before)) / Math.abs(before);
  if (percent === 0) return '0 %';
  const size = Math.abs(percent);
  const text = size < 0.05 ? 'less than 0.1' : digits.format(Number(size.toFixed(1)));
  return `${percent < 0 ? minusSign : '+'}${text} %`;
}
