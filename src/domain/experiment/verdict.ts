/** What became of a proposed policy. */
export const verdicts = ['accepted', 'rejected', 'no_change', 'invalid', 'pending'] as const;
export type Verdict = (typeof verdicts)[number];

/** Where a verdict was read, in the order of trust of domain.md 9.4. */
export type VerdictSource =
  | 'evaluation row'
  | 'event'
  | 'accepted_changes'
  | 'exchange'
  | 'derived from the next iteration'
  | 'no next iteration';

/** Which rule turned a proposal down. */
export type RejectionKind = 'worse' | 'not_significant' | 'unstable' | 'below_floor' | 'unknown';

/**
 * The rule behind a stored `acceptance_reason` (strings of domain.md 6.4). A reason that is not one of
 * these stays `unknown`; the stored words are always shown beside it.
 */
export function classifyRejection(reason: string | undefined): RejectionKind {
  if (reason === undefined) return 'unknown';
  if (reason === 'cost_not_improved' || reason.startsWith('delta_sum ≤ 0')) return 'worse';
  if (reason.startsWith('Mean improvement is negative or zero')) return 'worse';
  if (reason.startsWith('Improvement not statistically significant')) return 'not_significant';
  if (reason.startsWith('Variance too high')) return 'unstable';
  if (reason.startsWith('Settlement rate')) return 'below_floor';
  return 'unknown';
}

/** One word for each, in legends, tables, marks and speech. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  accepted: 'accepted',
  rejected: 'rejected',
  no_change: 'no change',
  invalid: 'invalid',
  pending: 'pending',
};

/** Beside a rejected proposal. */
export const kindWords: Readonly<Record<RejectionKind, string>> = {
  worse: 'not cheaper',
  not_significant: 'not significant',
  unstable: 'too unstable',
  below_floor: 'below the floor',
  unknown: 'reason not recorded',
};

/** The same of one proposal: a reason that is stored in words of its own is not called missing. */
export function rejectionWords(kind: RejectionKind, reason: string | undefined): string {
  return kind === 'unknown' && reason !== undefined ? 'reason in other words' : kindWords[kind];
}

/** Beside an invalid proposal. */
export const invalidWords = {
  'not parsed': 'unparsable',
  'failed validation': 'out of range',
} as const;

/** A verdict in a word; `because`: of an invalid proposal, where one alone is meant. */
export function verdictWord(verdict: Verdict, because?: keyof typeof invalidWords): string {
  return verdict === 'invalid' && because !== undefined ? invalidWords[because] : verdictWords[verdict];
}
