import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spreadLabels } from './placed.ts';

describe('spreadLabels', () => {
  it('leaves labels where they want to be when they do not touch', () => {
    expect(spreadLabels([10, 100], 14, 0, 200)).toEqual([10, 100]);
  });

  it('moves neighbours apart around their middle and keeps their order', () => {
    expect(spreadLabels([52, 50], 14, 0, 200)).toEqual([58, 44]);
  });

  it('never overlaps and never leaves the frame while there is room', () => {
    const labels = fc.array(fc.double({ min: -50, max: 450, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(labels, (wanted) => {
        const placed = [...spreadLabels(wanted, 14, 0, 400)].sort((a, b) => a - b);
        expect(placed[0]).toBeGreaterThanOrEqual(-1e-9);
        expect(placed.at(-1)).toBeLessThanOrEqual(400 + 1e-9);
        placed
          .slice(1)
          .forEach((y, index) => expect(y - (placed[index] ?? 0)).toBeGreaterThanOrEqual(14 - 1e-6));
      }),
    );
  });

  it('shares the room evenly when there is too little', () => {
    expect(spreadLabels([0, 0, 0], 14, 0, 10)).toEqual([0, 5, 10]);
  });
});
