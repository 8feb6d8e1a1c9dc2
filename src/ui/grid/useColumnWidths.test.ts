import { expect, test } from 'vitest';

import { moneyWidth } from './useColumnWidths.ts';

test('a column has room for the longest amount of 64 bits, and for $1,000.00 more than 90 pixels', () => {
  expect(moneyWidth(100_000n)).toBe(106);
  expect(moneyWidth(-9_223_372_036_854_775_807n)).toBeGreaterThan(27 * 8);
  expect([moneyWidth(5), moneyWidth('long text'), moneyWidth(undefined)]).toEqual([0, 0, 0]);
});
