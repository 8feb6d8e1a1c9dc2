import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cents } from './units.ts';
import { formatBytes, formatMoney, formatSeconds } from './format.ts';

describe('money', () => {
  it.each([
    [5000n, '$50.00'],
    [-5000n, '-$50.00'],
    [-1n, '-$0.01'],
    [0n, '$0.00'],
    [313412n, '$3,134.12'],
    [9223372036854775807n, '$92,233,720,368,547,758.07'],
    [-9223372036854775808n, '-$92,233,720,368,547,758.08'],
  ])('%s cents is %s', (amount, text) => {
    expect(formatMoney(cents(amount))).toBe(text);
  });

  it('keeps every digit over the whole 64-bit range', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (amount) => {
        expect(BigInt(formatMoney(cents(amount)).replace(/[$,.]/g, ''))).toBe(amount);
      }),
    );
  });
});

it('writes sizes, durations and stored times as people do', () => {
  expect([formatBytes(0), formatBytes(9_449_472), formatBytes(953_000_000)]).toEqual([
    '0 B',
    '9.4 MB',
    '953.0 MB',
  ]);
  expect([formatSeconds(0.04), formatSeconds(23.4), formatSeconds(949.6), formatSeconds(7400)]).toEqual([
    '0 s',
    '23 s',
    '15 min 50 s',
    '2 h 3 min',
  ]);
});
