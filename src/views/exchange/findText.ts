/** So many hits are marked; more help nobody to find a place. */
export const mostHits = 500;

export interface Hit {
  readonly start: number;
  readonly end: number;
}

/** Where a text contains the words, large and small letters alike; at most so many. */
export function findHits(text: string, words: string, most: number = mostHits): readonly Hit[] {
  if (words === '') return [];
  const pattern = new RegExp(words.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), 'gi');
  const hits: Hit[] = [];
  for (const { index, 0: found } of text.matchAll(pattern)) {
    if (hits.length === most) break;
    hits.push({ start: index, end: index + found.length });
  }
  return hits;
}

export interface Place {
  readonly section: number;
  readonly hit: number;
}

/** The n-th hit over several texts, counted from 0. */
export function placeOf(counts: readonly number[], n: number): Place | undefined {
  let before = 0;
  for (const [section, count] of counts.entries()) {
    if (n < before + count) return { section, hit: n - before };
    before += count;
  }
  return undefined;
}
