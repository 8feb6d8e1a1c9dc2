import { describe, expect, it } from 'vitest';
import { cents } from '../../lib/units.ts';
import { sparklineShape } from '../Sparkline.tsx';

describe('sparklineShape', () => {
  it('puts the highest at the top and the lowest at the foot', () => {
    const shape = sparklineShape([cents(100), cents(300), cents(200)], 100, 20, 2);
    expect(shape.path).toBe('M2 18h0L50 2L98 10');
    expect(shape.end).toEqual([98, 10]);
  });

  it('breaks at a missing value and starts again after it', () => {
    const shape = sparklineShape([cents(0), undefined, cents(10), cents(10)], 62, 20, 1);
    expect(shape.path).toBe('M1 19h0M41 1h0L61 1');
  });

  it('draws equal values halfway up, one value in the middle, none not at all', () => {
    expect(sparklineShape([cents(5), cents(5)], 10, 20, 0).path).toBe('M0 10h0L10 10');
    expect(sparklineShape([cents(5)], 10, 20, 0)).toEqual({ path: 'M5 10h0', end: [5, 10] });
    expect(sparklineShape([undefined], 10, 20, 0)).toEqual({ path: '', end: undefined });
  });

  it('has one scale for several curves: shares of the first value, what is beyond at the edge', () => {
    const scale = { ofFirst: 2 };
    const small = sparklineShape([cents(100), cents(50)], 100, 20, 0, scale);
    const large = sparklineShape([cents(10000), cents(5000)], 100, 20, 0, scale);
    expect(small.path).toBe('M0 10h0L100 15');
    expect(large.path).toBe(small.path);
    expect(small.firstY).toBe(10);
    expect(sparklineShape([cents(100), cents(900)], 100, 20, 0, scale).path).toBe('M0 10h0L100 0');
    // Without a first cost there is no share of it: from its lowest to its highest.
    expect(sparklineShape([cents(0), cents(10)], 100, 20, 0, scale).path).toBe('M0 20h0L100 0');
  });
});
