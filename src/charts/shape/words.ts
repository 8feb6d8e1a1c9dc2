import type { Proposal } from '../../domain/experiment/normalised.ts';
import type { Verdict } from '../../domain/experiment/verdict.ts';

/** A verdict as the figure says it; `because`: of an invalid proposal, where one alone is meant. */
export function verdictWord(verdict: Verdict, because?: Proposal['invalidBecause']): string {
  switch (verdict) {
    case 'accepted':
      return 'accepted';
    case 'rejected':
      return 'rejected';
    case 'no_change':
      return 'no change';
    case 'invalid':
      return because === undefined ? 'invalid' : because === 'not parsed' ? 'unparsable' : 'out of range';
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
