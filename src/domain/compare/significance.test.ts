import { expect, test } from 'vitest';

import { cents } from '../../lib/units.ts';
import { interval95, testFinals, type TestedPass } from './significance.ts';
import { nearestCents, spreadOf } from './outcome.ts';

const passes = (finals: readonly number[], more: Partial<TestedPass> = {}): TestedPass[] =>
  finals.map((final, i) => ({
    finalCents: cents(final),
    seed: String(i),
    evaluationMode: 'deterministic',
    scenario: 's.yaml',
    ...more,
  }));

test('spread: the mean, the deviation of a sample, what is absent', () => {
  const spread = spreadOf([cents(2160), cents(2110), undefined, cents(2070)]);
  expect(spread).toMatchObject({ count: 3, absent: 1, low: 2070, high: 2160 });
  expect(spread?.mean).toBeCloseTo(2113.3333, 3);
  expect(spread?.deviation).toBeCloseTo(45.0925, 3);
  expect(spreadOf([undefined])).toBeUndefined();
  expect(spreadOf([cents(5)])?.deviation).toBeUndefined();
  expect([nearestCents(-0.5), nearestCents(0.5), nearestCents(2.4)]).toEqual([-1n, 1n, 2n]);
});

test('95 % interval of the mean: t of 2 degrees is 4.302653', () => {
  const spread = spreadOf([2160, 2110, 2070].map((value) => cents(value)));
  const margin = (4.302653 * 45.09249) / Math.sqrt(3);
  const [low = 0, high = 0] = (spread && interval95(spread)) ?? [];
  expect(low).toBeCloseTo(2113.33333 - margin, 2);
  expect(high).toBeCloseTo(2113.33333 + margin, 2);
  expect(interval95({ count: 2, absent: 0, mean: 1, deviation: 1, low: 0, high: 2 })).toBeUndefined();
});

// Student's own sleep data (Biometrika 1908), in tenths: textbooks give t = -4.0621, p = 0.002833 for the pairs,
// and for Welch's test t = -1.8608, 17.776 degrees, p = 0.07939.
const first = [7, -16, -2, -12, -1, 34, 37, 8, 0, 20];
const second = [19, 8, 11, 1, -1, 44, 55, 16, 46, 34];

test('paired by seed where both have the same seeds', () => {
  const found = testFinals(passes(first), passes(second).reverse());
  if ('refused' in found) throw new Error(found.refused);
  expect(found).toMatchObject({ kind: 'paired', degrees: 9 });
  expect(found.t).toBeCloseTo(-4.0621, 4);
  expect(found.p).toBeCloseTo(0.002833, 5);
  expect(found.difference).toBeCloseTo(-15.8, 9);
  expect(found.interval[0]).toBeCloseTo(-24.598858, 3);
});

test('unpaired, variances apart, where seeds differ', () => {
  const found = testFinals(
    passes(first),
    passes(second).map((one) => ({ ...one, seed: `other ${one.seed}` })),
  );
  if ('refused' in found) throw new Error(found.refused);
  expect(found.kind).toBe('unpaired');
  expect(found.t).toBeCloseTo(-1.8608, 4);
  expect(found.degrees).toBeCloseTo(17.776, 3);
  expect(found.p).toBeCloseTo(0.07939, 5);
});

test.each([
  [passes([1, 2]), passes([1, 2, 3]), 'needs 3 passes on each side, one has 2'],
  [passes([1, 2, 3], { scenario: 'other.yaml' }), passes([1, 2, 3]), 'scenarios differ'],
  [passes([1, 2, 3], { scenario: undefined }), passes([1, 2, 3]), 'not stored'],
  [passes([1, 2, 3], { evaluationMode: 'bootstrap' }), passes([1, 2, 3]), 'bootstrap'],
  [passes([1, 2, 3], { finalCents: undefined }), passes([1, 2, 3]), 'not recorded'],
  [passes([1, 1, 1]), passes([2, 2, 2]), 'do not vary'],
])('no test is made where it may not be used', (group, baseline, why) => {
  expect(testFinals(group, baseline)).toEqual({ refused: expect.stringContaining(why) as string });
});
