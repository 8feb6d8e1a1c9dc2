import type { Judgement, Remark, Review, ReviewBook } from './review.ts';

/**
 * Merging keeps, of every reviewer, the newest remark and each older note with other words. The rest of a set of
 * remarks is dropped, so merging in any order, any grouping and any number of times gives the same.
 */
export function mergeBooks(a: ReviewBook, b: ReviewBook): ReviewBook {
  const merged = new Map(a);
  for (const [text, review] of b) {
    const known = merged.get(text);
    merged.set(text, known === undefined ? review : mergeReviews(known, review));
  }
  return merged;
}

function mergeReviews(a: Review, b: Review): Review {
  return { key: a.key, judgements: mergeJudgements([...a.judgements, ...b.judgements]) };
}

/** One judgement a reviewer, by name. */
export function mergeJudgements(judgements: readonly Judgement[]): readonly Judgement[] {
  const remarks = new Map<string, Remark[]>();
  for (const { reviewer, earlier, opinion, note, at } of judgements) {
    const known = remarks.get(reviewer) ?? [];
    known.push({ opinion, note, at }, ...earlier);
    remarks.set(reviewer, known);
  }
  return [...remarks]
    .sort(([a], [b]) => compareTexts(a, b))
    .flatMap(([reviewer, all]) => {
      const [newest, ...earlier] = withoutRepeats(all.toSorted(newestFirst));
      return newest === undefined ? [] : [{ reviewer, ...newest, earlier }];
    });
}

/** The first, and of the others those whose note is not empty and stands nowhere before. */
function withoutRepeats(sorted: readonly Remark[]): readonly Remark[] {
  const seen = new Set(['']);
  return sorted.filter(({ note }, place) => {
    const isNews = place === 0 || !seen.has(note);
    seen.add(note);
    return isNews;
  });
}

/** A total order, so that two remarks of the same moment come out the same everywhere. */
function newestFirst(a: Remark, b: Remark): number {
  return (
    compareTexts(b.at, a.at) || compareTexts(b.note, a.note) || compareTexts(b.opinion ?? '', a.opinion ?? '')
  );
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
