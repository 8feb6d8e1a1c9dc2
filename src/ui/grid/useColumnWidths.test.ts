import { expect, test } from 'vitest';

import { figureWidth, numberWidth, sentenceWidth, wholeAtEdge } from './useColumnWidths.ts';
test('a column has room for its longest number, as the font of the tables draws it', () => {
  // Measured in the browser.
  expect(figureWidth('$169.32')).toBe(55);
  expect(figureWidth('1397768963')).toBe(85);
  expect(numberWidth(100_000n)).toBeGreaterThan(figureWidth('$1,000.00') + 20);
  expect(numberWidth(-9_223_372_036_854_775_807n)).toBe(figureWidth('−$92,233,720,368,547,758.07') + 26);
  expect(numberWidth('1397768963')).toBe(85 + 26);
  expect(numberWidth(1_234_567)).toBe(figureWidth('1,234,567') + 26);
  expect([numberWidth('long text'), numberWidth(undefined), numberWidth(0.5)]).toEqual([0, 0, 0]);
});

test('a sentence has room for all of it where it names an amount', () => {
  // Measured in the browser: 377 px of text.
  expect(sentenceWidth('BANK_A, now $34.00, penalty $15,000.00, opportunity $0.02')).toBeGreaterThan(
    377 + 20,
  );
  expect(sentenceWidth('BANK_A → BANK_C, was due at tick 9')).toBe(0);
  // A cut share reads as another number.
  expect(sentenceWidth('39.7 % → 41.2 %')).toBeGreaterThan(15 * 6);
  expect(sentenceWidth('Queue2LiquidityRelease')).toBe(0);
  expect(sentenceWidth(`$1.00 ${'x'.repeat(100_000)}`)).toBe(3000);
});

const text = { align: 'start' } as const;
const amount = { align: 'end' } as const;

test('no column of numbers begins in sight and ends beyond the edge', () => {
  const columns = [text, amount, amount, amount];
  const widths = [100, 90, 90, 90];
  expect(wholeAtEdge(columns, widths, { room: 400, stickyFirst: false })).toEqual(widths);
  expect(wholeAtEdge(columns, widths, { room: 0, stickyFirst: false })).toEqual(widths);
  const fitted = wholeAtEdge(columns, widths, { room: 336, stickyFirst: false });
  expect(fitted.map(Math.round)).toEqual([120, 108, 108, 90]);
  expect(wholeAtEdge([text, text, text], [100, 90, 900], { room: 336, stickyFirst: false })).toEqual([
    100, 90, 900,
  ]);
});

test('a first column that stays in sight leaves room for the others', () => {
  const [name, cost] = wholeAtEdge([text, amount, amount], [300, 150, 150], { room: 350, stickyFirst: true });
  expect((name ?? 0) + (cost ?? 0)).toBe(350);
  expect(cost).toBeGreaterThanOrEqual(150);
});
