import { expect, it } from 'vitest';

import { cents } from '../../schema/units.ts';
import { moneyWidth } from './columnWidth.ts';

it('gives an amount the room it needs, and no less than was asked for', () => {
  expect(moneyWidth([cents(5000), undefined], 84)).toBe(84);
  const wide = moneyWidth([cents(5000), cents(-123_456_789_012n)], 84);
  expect(wide).toBeGreaterThan('-$1,234,567,890.12'.length * 7);
});
