import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { applyRate, divideHalfUp, floorShare, floorWithout, rateOf, withCommonDenominator } from './exact.ts';

describe('rates', () => {
  it('takes decimals for what they say', () => {
    expect(rateOf([0.2])).toEqual({ numerator: 1, denominator: 5 });
    expect(rateOf([1e-7])).toEqual({ numerator: 1, denominator: 10_000_000 });
    expect(rateOf([0.2, 5])).toEqual({ numerator: 1, denominator: 1 });
    expect(rateOf([83], true)).toEqual({ numerator: 83, denominator: 10_000 });
    expect(rateOf([0])).toEqual({ numerator: 0, denominator: 1 });
  });

  it('refuses a rate with too many digits to stay exact', () => {
    expect(() => rateOf([0.1234567890123456, 0.1234567890123456])).toThrow(/too many digits/);
  });

  it('brings rates to one denominator', () => {
    expect(withCommonDenominator([rateOf([0.2]), rateOf([0.25])])).toEqual({
      numerators: [4, 5],
      denominator: 20,
    });
  });
});

describe('money', () => {
  it('floors a share as the decimal has it, where the product of doubles is a cent short', () => {
    expect(Math.floor(100_000 * 0.29)).toBe(28_999);
    expect(floorShare(100_000, 0.29)).toBe(29_000);
    expect(floorShare(100_001, 0.5)).toBe(50_000);
    expect(floorWithout(1_000, 0.07)).toBe(930);
  });

  it('rounds half up, once', () => {
    expect(divideHalfUp(5, 2)).toBe(3);
    expect(divideHalfUp(4, 3)).toBe(1);
    expect(applyRate(50_000, rateOf([500], true))).toBe(2_500);
  });

  it('agrees with exact arithmetic for any amount and rate', () => {
    fc.assert(
      fc.property(
        fc.nat(2_000_000_000),
        fc.nat(99_999),
        fc.constantFrom(1n, 10n, 1_000n, 10_000n),
        (cents, digits, scale) => {
          const expected = (2n * BigInt(cents) * BigInt(digits) + scale) / (2n * scale);
          expect(BigInt(applyRate(cents, rateOf([digits / Number(scale)])))).toBe(expected);
          expect(BigInt(floorShare(cents, digits / Number(scale)))).toBe(
            (BigInt(cents) * BigInt(digits)) / scale,
          );
        },
      ),
    );
  });

  it('refuses to round beyond 2^53 rather than lose a cent', () => {
    expect(() => applyRate(9_007_199_254_740_991, rateOf([0.3]))).toThrow(/exact range/);
  });
});
