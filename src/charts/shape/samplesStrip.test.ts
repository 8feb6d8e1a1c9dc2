import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sample } from '../../domain/experiment/normalised.ts';
import { cents } from '../../lib/units.ts';
import { isBinned, samplesSentence, samplesShape } from './samplesStrip.ts';

function samplesOf(deltas: readonly number[]): readonly Sample[] {
  return deltas.map((delta, index) => ({
    index,
    seed: String(index),
    oldCostCents: cents(100_000),
    newCostCents: cents(100_000 - delta),
    deltaCents: cents(delta),
  }));
}

const mixed = samplesOf([...Array.from({ length: 49 }, () => 1992), -6999]);

describe('samplesShape', () => {
  it('draws a dot per sample on its side of zero, with the exact ends', () => {
    const shape = samplesShape(mixed, 296, 44);
    expect(shape.dots).toHaveLength(50);
    expect(shape.dots.filter(({ kind, x }) => kind === 'better' && x > shape.zeroX)).toHaveLength(49);
    expect(shape.dots.filter(({ kind, x }) => kind === 'worse' && x < shape.zeroX)).toHaveLength(1);
    expect(shape.labels.map(({ text }) => text)).toEqual(['−$69.99', '$19.92', '0']);
    expect(Math.min(...shape.dots.map(({ y }) => y))).toBeGreaterThanOrEqual(2);
  });

  it('writes one label when all are equal, in the middle when all are zero', () => {
    expect(samplesShape(samplesOf([0, 0]), 296, 44).labels).toEqual([{ text: '$0.00', x: 148 }]);
    expect(samplesShape(samplesOf([5, 5]), 296, 44).labels.map(({ text }) => text)).toEqual(['$0.05', '0']);
  });

  it('counts more than 300 in bars, none of which crosses zero, and loses none', () => {
    const many = samplesOf(Array.from({ length: 1000 }, (_, i) => ((i * 37) % 401) - 150));
    expect(isBinned(many)).toBe(true);
    const { bars, dots, zeroX } = samplesShape(many, 296, 44);
    expect(dots).toHaveLength(0);
    for (const bar of bars) {
      if (bar.kind === 'better') expect(bar.x).toBeGreaterThanOrEqual(zeroX - 1e-9);
      if (bar.kind === 'worse') expect(bar.x + bar.width).toBeLessThanOrEqual(zeroX + 1e-9);
    }
    expect(Math.max(...bars.map(({ height }) => height))).toBe(44);
  });

  it('never lets labels collide or leave the picture', () => {
    const delta = fc.integer({ min: -10_000_000, max: 10_000_000 });
    fc.assert(
      fc.property(fc.array(delta, { minLength: 1, maxLength: 60 }), (deltas) => {
        const labels = samplesShape(samplesOf(deltas), 296, 44).labels;
        const edges = labels
          .map(({ x, text }) => ({ from: x - text.length * 3.3, to: x + text.length * 3.3 }))
          .sort((p, q) => p.from - q.from);
        edges
          .slice(1)
          .forEach((edge, index) => expect(edge.from).toBeGreaterThanOrEqual(edges[index]?.to ?? 0));
        // The zero under its own line may reach the picture's padding; the money stays inside.
        for (const { from, to } of edges) {
          expect(from).toBeGreaterThanOrEqual(-1e-6);
          expect(to).toBeLessThanOrEqual(296 + 1e-6);
        }
      }),
    );
  });
});

it('samplesSentence counts better, worse and equal', () => {
  expect(samplesSentence(mixed)).toBe('Saving per sample, 49 better, 1 worse, 0 equal');
  expect(samplesSentence(samplesOf(Array.from({ length: 1000 }, () => 0)))).toBe(
    'Saving per sample, 0 better, 0 worse, 1,000 equal; bars count the 1,000 samples',
  );
});
