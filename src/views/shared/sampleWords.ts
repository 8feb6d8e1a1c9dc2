import { formatCount, plural } from '../../lib/format.ts';

/** `1 of 2 stored samples cannot be read`. */
export function lostSamples(read: number, unreadable: number): string {
  const all = read + unreadable;
  return `${formatCount(unreadable)} of ${plural(all, 'stored sample')} cannot be read`;
}
