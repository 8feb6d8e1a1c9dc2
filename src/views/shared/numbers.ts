import { parseNaiveTime } from '../../lib/naiveTime.ts';
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
  return `${tenths < 0n ? '-' : ''}${abs / 10n}.${abs % 10n} %`;
}

/** Seconds between two stored naive times of one machine; undefined when either is missing or unreadable. */
export function secondsBetween(start: string | undefined, end: string | undefined): number | undefined {
  const from = parseNaiveTime(start);
  const to = parseNaiveTime(end);
  return from === undefined || to === undefined ? undefined : (to - from) / 1000;
}
