import { expect, it } from 'vitest';

import { median, ratios, spread } from './statistics.ts';

it('takes the middle, or the mean of the two in the middle', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(() => median([])).toThrow('nothing');
});

it('compares round by round', () => {
  expect(ratios([10, 40], [5, 10])).toEqual([2, 4]);
  expect(spread([2, 4, 9])).toEqual({ median: 4, min: 2, max: 9 });
  expect(() => ratios([1], [])).toThrow('paired');
});
