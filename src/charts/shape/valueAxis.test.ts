import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { iterationTicks, logTicks, niceTicks } from './valueAxis.ts';

describe('niceTicks', () => {
  it('writes round numbers, without the dust of adding tenths', () => {
    expect(niceTicks(0, 0.55, 6)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5]);
    expect(niceTicks(0, 54900, 6)).toEqual([0, 10000, 20000, 30000, 40000, 50000]);
    expect(niceTicks(-2500, 9000, 5)).toEqual([0, 5000]);
    expect(niceTicks(-2500, 9000, 6)).toEqual([-2000, 0, 2000, 4000, 6000, 8000]);
  });

  it('never goes below the smallest step', () => {
    expect(niceTicks(0, 2, 6, 1)).toEqual([0, 1, 2]);
  });

  it('draws one tick where the range is too small for steps', () => {
    expect(niceTicks(-5e-324, 5e-324, 1)).toEqual([-5e-324]);
    expect(niceTicks(0, 1e-310, 12)).toEqual([0]);
  });

  it('writes round numbers up to the largest double', () => {
    expect(niceTicks(-1.7e308, 1.7e308, 4)).toEqual([-1e308, 0, 1e308]);
    expect(niceTicks(0, Number.MAX_VALUE, 6)).toEqual([0, 5e307, 1e308, 1.5e308]);
  });

  it('stays inside and within the count, for any range', () => {
    const edge = fc.double({ min: -1e12, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(edge, edge, fc.integer({ min: 1, max: 12 }), (a, b, count) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        fc.pre(high - low > 1e-6 * Math.max(Math.abs(low), Math.abs(high)));
        const slack = (high - low) * 1e-6 + Math.max(Math.abs(low), Math.abs(high)) * 1e-11;
        const ticks = niceTicks(low, high, count);
        expect(ticks.length).toBeLessThanOrEqual(count + 1);
        for (const tick of ticks) {
          expect(tick).toBeGreaterThanOrEqual(low - slack);
          expect(tick).toBeLessThanOrEqual(high + slack);
        }
      }),
    );
  });
});

describe('logTicks', () => {
  it('takes powers of ten over decades and more digits over less', () => {
    expect(logTicks(50, 60_000, 6)).toEqual([100, 1000, 10_000]);
    expect(logTicks(90, 2100, 6)).toEqual([100, 200, 500, 1000, 2000]);
    expect(logTicks(2100, 5500, 6)).toEqual([3000, 4000, 5000]);
  });

  it('thins many decades to what fits', () => {
    expect(logTicks(1, 1e12, 6).length).toBeLessThanOrEqual(7);
  });
});

describe('iterationTicks', () => {
  it('writes every iteration where there is room, whole numbers always', () => {
    expect(iterationTicks(0, 13, 20)).toEqual(Array.from({ length: 14 }, (_, k) => k));
    expect(iterationTicks(0, 13, 5)).toEqual([0, 5, 10]);
    expect(iterationTicks(4, 4, 5)).toEqual([4]);
  });
});
