import { withMinus } from '../../../lib/format.ts';

/** More decimals than these are not shown; the exact value is copied and exported. */
const mostDecimals = 6;

/** A number as the column shows it. */
export type NumberFormat = (value: number) => string;

/**
 * One number of decimals for a whole column: as many as its values were written with, at most six. What has
 * more is said to be about that much.
 */
export function numberFormat(values: Iterable<number | undefined>): NumberFormat {
  let decimals = 0;
  for (const value of new Set(values)) {
    if (value !== undefined) decimals = Math.max(decimals, decimalsOf(value));
    if (decimals >= mostDecimals) break;
  }
  const places = Math.min(decimals, mostDecimals);
  const digits = new Intl.NumberFormat('en-US', {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  });
  return (value) => withMinus(digits.format(value));
}

/** Decimals of the shortest text that is this number. */
function decimalsOf(value: number): number {
  const [mantissa = '', exponent = '0'] = String(Math.abs(value)).split('e');
  const written = mantissa.split('.')[1]?.length ?? 0;
  return Math.max(0, written - Number(exponent));
}
