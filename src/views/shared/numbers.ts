import { minusSign } from '../../lib/format.ts';
import type { Cents } from '../../lib/units.ts';

/** `(first - final) / first` in tenths of a percent, rounded half away from zero; positive = cheaper. */
export function savingTenths(first: Cents | undefined, final: Cents | undefined): bigint | undefined {
  if (first === undefined || final === undefined || first <= 0n) return undefined;
  const doubled = (2000n * (first - final)) / first;
  return doubled < 0n ? (doubled - 1n) / 2n : (doubled + 1n) / 2n;
}

/** Tenths of a percent as `67.0 %`. */
export function formatTenths(tenths: bigint): string {
  const abs = tenths < 0n ? -tenths : tenths;
  return `${tenths < 0n ? minusSign : ''}${abs / 10n}.${abs % 10n} %`;
}
