import type { Verdict } from '../../schema/verdict.ts';

/** A verdict as the figure says it. */
export function verdictWord(verdict: Verdict): string {
  switch (verdict) {
    case 'accepted':
      return 'accepted';
    case 'rejected':
      return 'rejected';
    case 'no_change':
      return 'no change';
    case 'invalid':
      return 'unparsable';
    case 'pending':
      return 'pending';
  }
}

/** `a, b and c`. */
export function listOf(words: readonly string[]): string {
  const last = words.at(-1);
  if (last === undefined) return '';
  return words.length === 1 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
