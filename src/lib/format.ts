import type { Cents } from './units.ts';

const grouped = new Intl.NumberFormat('en-US');

/** `$1,234.50`, negative `-$50.00`; exact over the whole 64-bit range. */
export function formatMoney(cents: Cents): string {
  const sign = cents < 0n ? '-' : '';
  const value: bigint = cents;
  const abs = value < 0n ? -value : value;
  return `${sign}$${grouped.format(abs / 100n)}.${(abs % 100n).toString().padStart(2, '0')}`;
}

export function formatCount(value: number): string {
  return grouped.format(value);
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

/** `23 s`, `4 min 5 s`, `2 h 3 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds < 10 ? Number(seconds.toFixed(1)) : Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
