import { expect, it } from 'vitest';

import { iterationSeed, sampleSeed } from './seeds.ts';

it('derives the seeds of the reference (domain.md 4.4)', () => {
  expect(iterationSeed(42, 0, 'BANK_A')).toBe(1088125515);
  expect(iterationSeed(42, 0, 'BANK_B')).toBe(747645807);
  expect(iterationSeed(42, 1, 'BANK_A')).toBe(8987875);
  expect(iterationSeed(42, 1, 'BANK_B')).toBe(31030725);
  expect(iterationSeed(42, 2, 'BANK_A')).toBe(529213769);
  expect([0, 1, 2].map((i) => sampleSeed(1088125515, i))).toEqual([58745492, 1290828484, 1285962202]);
});
