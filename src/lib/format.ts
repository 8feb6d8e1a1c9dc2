import type { Cents } from './units.ts';

const grouped = new Intl.NumberFormat('en-US');

/** Wide as a plus sign, where a hyphen is easily lost before a figure. */
export const minusSign = '−';

/** A number as JavaScript writes it, its sign as it is set in print. */
export function withMinus(text: string): string {
  return text.startsWith('-') ? `${minusSign}${text.slice(1)}` : text;
}

/** The same with the hyphen that spreadsheets read as a sign. */
export function withHyphen(text: string): string {
  return text.replace(minusSign, '-');
}

/** `$1,234.50`, negative `−$50.00`; exact over the whole 64-bit range. */
export function formatMoney(cents: Cents): string {
  const sign = cents < 0n ? minusSign : '';
  const value: bigint = cents;
  const abs = value < 0n ? -value : value;
  return `${sign}$${grouped.format(abs / 100n)}.${(abs % 100n).toString().padStart(2, '0')}`;
}

/** A number with all its digits; enormous ones as `1e308`. */
export function numberText(value: number): string {
  return withMinus(String(value).replace('e+', 'e'));
}

export function formatCount(value: number | bigint): string {
  return withMinus(grouped.format(value));
}

/** `1 tick`, `1,200 ticks`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

const list = new Intl.ListFormat('en-GB');

/** `a, b and c`. */
export function listOf(words: readonly string[]): string {
  return list.format(words);
}

/**
 * A share as `66.7 %`. What is more than nothing never reads as none, what is less than all never as all:
 * `under 0.1 %`, `over 99.9 %`.
 */
export function formatPercent(share: number, digits: 0 | 1 = 1): string {
  const text = (share * 100).toFixed(digits);
  const step = digits === 0 ? 1 : 0.1;
  if (share > 0 && Number(text) === 0) return `under ${step} %`;
  if (share < 1 && Number(text) === 100) return `over ${100 - step} %`;
  return `${withMinus(text)} %`;
}

/** `9.4 MB`, decimal units as file managers show them. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit] ?? ''}`;
}

/** `0.4 s`, `23 s`, `4 min 5 s`, `2 h 3 min`; `under 0.1 s` of what took less and was not 0. */
export function formatSeconds(seconds: number): string {
  if (seconds > 0 && seconds < 0.05) return 'under 0.1 s';
  if (seconds < 60) return `${seconds < 10 ? Number(seconds.toFixed(1)) : Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
