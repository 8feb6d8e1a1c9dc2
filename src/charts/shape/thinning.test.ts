import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thinByExtremes } from './thinning.ts';

const never = () => false;
const itself = (value: number | undefined) => value;

describe('thinByExtremes', () => {
  it('keeps the lowest and highest of 150 groups of 100,000 values, in under a second', () => {
    const values = Array.from({ length: 100_000 }, (_, i) => Math.sin(i / 500) * 1000 + (i % 7));
    values[77_777] = 9999;
    const from = performance.now();
    const thinned = thinByExtremes(values, 150, itself, never);
    expect(performance.now() - from).toBeLessThan(1000);
    expect(thinned.length).toBeLessThanOrEqual(302);
    expect(Math.max(...thinned)).toBe(9999);
  });

  it('leaves alone what fits', () => {
    const values = [3, 1, 2];
    expect(thinByExtremes(values, 2, itself, never)).toBe(values);
  });

  it('keeps what must be kept, both ends, and a break', () => {
    const items = Array.from({ length: 1000 }, (_, i) => (i === 500 ? undefined : 5));
    const indexed = items.map((value, index) => ({ value, index }));
    const thinned = thinByExtremes(
      indexed,
      10,
      ({ value }) => value,
      ({ index }) => index === 333,
    );
    const kept = thinned.map(({ index }) => index);
    expect(kept).toContain(333);
    expect(kept).toContain(500);
    expect(kept[0]).toBe(0);
    expect(kept.at(-1)).toBe(999);
  });

  it('holds for any values: extremes survive, order is kept, the count is bounded', () => {
    const value = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: undefined });
    fc.assert(
      fc.property(fc.array(value, { maxLength: 400 }), fc.integer({ min: 1, max: 40 }), (values, groups) => {
        const items = values.map((each, index) => ({ value: each, index }));
        const thinned = thinByExtremes(
          items,
          groups,
          (item) => item.value,
          () => false,
        );
        const known = values.filter((each) => each !== undefined);
        const left = thinned.map((item) => item.value).filter((each) => each !== undefined);
        if (known.length > 0) {
          expect(left).toContain(known.reduce((a, b) => Math.min(a, b)));
          expect(left).toContain(known.reduce((a, b) => Math.max(a, b)));
        }
        const order = thinned.map((item) => item.index);
        expect(order).toEqual([...order].sort((a, b) => a - b));
        expect(new Set(order).size).toBe(order.length);
        expect(thinned.length).toBeLessThanOrEqual(Math.max(2 * groups, 3 * groups + 2));
      }),
    );
  });
});
