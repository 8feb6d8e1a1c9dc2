import { expect, it } from 'vitest';

import { cents } from '../../lib/units.ts';
import { moneyWidth, textWidth, wordsWidth } from './columnWidth.ts';

it('gives an amount the room it needs, and no less than was asked for', () => {
  expect(moneyWidth([cents(5000), undefined], 84)).toBe(84);
  const wide = moneyWidth([cents(5000), cents(-123_456_789_012n)], 84);
  expect(wide).toBeGreaterThan('-$1,234,567,890.12'.length * 7);
});

it('gives words of ours the room they take, which is less than that of a name', () => {
  // Measured in the font of the tables: 146 px, besides 20 px of padding.
  const words = ['accepted', 'rejected below the floor'];
  expect(wordsWidth(words, 84)).toBeGreaterThan(146 + 20);
  expect(wordsWidth(words, 84)).toBeLessThan(textWidth(words, 84, 300));
  expect(wordsWidth(words, 84, 20)).toBe(wordsWidth(words, 84) + 20);
  expect(wordsWidth([], 84)).toBe(84);
});
