import {
  judgementBy,
  keyText,
  type Opinion,
  type ProposalKey,
  type ReviewBook,
} from '../../../storage/reviews/review.ts';

/** The part of `useReviews()` that says who thinks what. */
export interface Reviewing {
  readonly book: ReviewBook;
  readonly reviewer: string;
}

/** What this reviewer thinks of a proposal; undefined: not reviewed. */
export function ownOpinion({ book, reviewer }: Reviewing, key: ProposalKey): Opinion | undefined {
  return judgementBy(book.get(keyText(key)), reviewer)?.opinion;
}

export interface ReviewProgress {
  readonly reviewed: number;
  readonly total: number;
}

/** How many of some proposals this reviewer has an opinion on; a note alone does not count. */
export function reviewProgress(judged: Reviewing, keys: readonly ProposalKey[]): ReviewProgress {
  const reviewed = keys.filter((key) => ownOpinion(judged, key) !== undefined).length;
  return { reviewed, total: keys.length };
}
