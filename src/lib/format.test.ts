import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cents } from './units.ts';
import {
  formatBytes,
  formatMoney,
  formatPercent,
  formatSeconds,
  numberText,
  plural,
  withHyphen,
} from './format.ts';

describe('money', () => {
  it.each([
    [5000n, '$50.00'],
    [-5000n, '−$50.00'],
    [-1n, '−$0.01'],
    [0n, '$0.00'],
    [313412n, '$3,134.12'],
    [9223372036854775807n, '$92,233,720,368,547,758.07'],
    [-9223372036854775808n, '−$92,233,720,368,547,758.08'],
  ])('%s cents is %s', (amount, text) => {
    expect(formatMoney(cents(amount))).toBe(text);
  });

  it('keeps every digit over the whole 64-bit range', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (amount) => {
        expect(BigInt(withHyphen(formatMoney(cents(amount))).replace(/[$,.]/g, ''))).toBe(amount);
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
  expect([
    formatSeconds(0),
    formatSeconds(0.04),
    formatSeconds(23.4),
    formatSeconds(949.6),
    formatSeconds(7400),
  ]).toEqual(['0 s', 'under 0.1 s', '23 s', '15 min 50 s', '2 h 3 min']);
});

it('counts one thing and several', () => {
  expect([plural(1, 'tick'), plural(0, 'tick'), plural(1200, 'branch', 'branches')]).toEqual([
    '1 tick',
    '0 ticks',
    '1,200 branches',
  ]);
});

it('rounds no share to none or to all', () => {
  expect([0, 0.0004, 0.6667, 0.9996, 1, 1.25].map((share) => formatPercent(share))).toEqual([
    '0.0 %',
    'under 0.1 %',
    '66.7 %',
    'over 99.9 %',
    '100.0 %',
    '125.0 %',
  ]);
  expect([0.004, 0.25, 0.997].map((share) => formatPercent(share, 0))).toEqual([
    'under 1 %',
    '25 %',
    'over 99 %',
  ]);
});

it.each([
  [1e308, '1e308'],
  [-1.5e21, '−1.5e21'],
  [1e-7, '1e-7'],
  [0.1501, '0.1501'],
])('writes %s as %s', (value, text) => {
  expect(numberText(value)).toBe(text);
});
