import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  mergeReviews,
  mergeJudgements,
  isDisputed,
  keyText,
  opinions,
  proposalKey,
  type Judgement,
  type ReviewsByProposal,
} from './review.ts';
const key = proposalKey('exp1', 3, 'BANK_B');

function judgement(reviewer: string, minute: number, rest: Partial<Judgement> = {}): Judgement {
  const at = `2026-11-25T10:${String(minute).padStart(2, '0')}:00.000Z`;
  return { reviewer, at, opinion: 'agree', note: '', earlier: [], ...rest };
}

function bookOf(...judgements: Judgement[]): ReviewsByProposal {
  return new Map([[keyText(key), { key, judgements: mergeJudgements(judgements) }]]);
}

test('different reviewers are kept side by side, by name', () => {
  const merged = mergeReviews(
    bookOf(judgement('Ben', 1, { opinion: 'disagree', note: 'too strict' })),
    bookOf(judgement('Anna', 2)),
  );
  const review = merged.get(keyText(key));
  expect(review?.judgements.map(({ reviewer, opinion }) => `${reviewer} ${opinion}`)).toEqual([
    'Anna agree',
    'Ben disagree',
  ]);
  expect(isDisputed(review)).toBe(true);
});

test('of one reviewer the newer remark counts, and an older note with other words stays', () => {
  const older = bookOf(judgement('Anna', 1, { opinion: 'unsure', note: 'look again' }));
  const newer = bookOf(judgement('Anna', 2, { note: 'looked: fine' }));
  for (const merged of [mergeReviews(older, newer), mergeReviews(newer, older)]) {
    const [only, ...others] = merged.get(keyText(key))?.judgements ?? [];
    expect(others).toEqual([]);
    expect(only).toMatchObject({ opinion: 'agree', note: 'looked: fine', at: '2026-11-25T10:02:00.000Z' });
    expect(only?.earlier.map(({ note }) => note)).toEqual(['look again']);
    expect(isDisputed(merged.get(keyText(key)))).toBe(false);
  }
});

test('an older note that says the same, or nothing, is not kept twice', () => {
  const merged = mergeJudgements([
    judgement('Anna', 1, { note: 'fine' }),
    judgement('Anna', 3, { note: 'fine', opinion: 'disagree' }),
    judgement('Anna', 2),
  ]);
  expect(merged).toEqual([judgement('Anna', 3, { note: 'fine', opinion: 'disagree' })]);
});

const remark = fc.record({
  opinion: fc.constantFrom(...opinions, undefined),
  note: fc.constantFrom('', 'x', 'y', 'a longer note'),
  // Few moments, so that remarks of the same moment meet.
  at: fc.integer({ min: 0, max: 4 }).map((n) => `2026-11-25T10:0${n}:00.000Z`),
});
const byProposal: fc.Arbitrary<ReviewsByProposal> = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: 2 }),
      fc.constantFrom('Anna', 'Ben', 'unnamed-00000001'),
      remark,
      fc.array(remark, { maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((entries) => {
    let all: ReviewsByProposal = new Map();
    for (const [iteration, reviewer, { opinion, note, at }, earlier] of entries) {
      const about = proposalKey('exp1', iteration, 'BANK_A');
      const judgements = mergeJudgements([{ reviewer, opinion, note, at, earlier }]);
      all = mergeReviews(all, new Map([[keyText(about), { key: about, judgements }]]));
    }
    return all;
  });

const sorted = (reviews: ReviewsByProposal) => [...reviews].sort(([a], [b]) => (a < b ? -1 : 1));

test('merging is commutative, associative and idempotent', () => {
  fc.assert(
    fc.property(byProposal, byProposal, byProposal, (a, b, c) => {
      expect(sorted(mergeReviews(a, b))).toEqual(sorted(mergeReviews(b, a)));
      expect(sorted(mergeReviews(mergeReviews(a, b), c))).toEqual(
        sorted(mergeReviews(a, mergeReviews(b, c))),
      );
      expect(sorted(mergeReviews(a, a))).toEqual(sorted(a));
    }),
  );
});

test('merging loses no reviewer, no proposal and no note', () => {
  const notesIn = (all: ReviewsByProposal) =>
    new Set(
      [...all].flatMap(([text, { judgements }]) =>
        judgements.flatMap(({ reviewer, note, earlier }) =>
          [note, ...earlier.map((old) => old.note)]
            .filter((words) => words !== '')
            .map((words) => `${text} ${reviewer} ${words}`),
        ),
      ),
    );
  fc.assert(
    fc.property(byProposal, byProposal, (a, b) => {
      expect(notesIn(mergeReviews(a, b))).toEqual(new Set([...notesIn(a), ...notesIn(b)]));
    }),
  );
});
