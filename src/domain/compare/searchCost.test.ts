import { expect, test } from 'vitest';

import { cents } from '../../lib/units.ts';
import type { ExperimentDetail, IterationRow, Proposal } from '../experiment/normalised.ts';
import { modelShares, plateauOf, searchPoints, type Turn } from './searchCost.ts';

const detail = (totals: readonly (number | undefined)[], verdicts: readonly string[]): ExperimentDetail => ({
  agents: [],
  iterations: totals.map((total, iteration) => ({
    iteration,
    totalCents: total === undefined ? undefined : cents(total),
  })) as unknown as IterationRow[],
  proposals: verdicts.map((verdict, iteration) => ({
    iteration,
    agentId: 'A',
    verdict,
  })) as unknown as Proposal[],
  runs: [],
});
const turn = (iteration: number, words: number, model = 'm'): Turn => ({
  iteration,
  agentId: 'A',
  model,
  promptWords: words,
  responseWords: 1,
  latencySeconds: 1,
});

test('what an iteration is measured at was paid for before it', () => {
  const points = searchPoints(detail([100, 40, 30, 20], ['accepted', 'rejected', 'accepted']), [
    turn(0, 9),
    turn(1, 19),
    { ...turn(2, 29), latencySeconds: undefined },
  ]);
  expect(
    points.map(({ proposals, words, seconds, savedCents }) => [proposals, words, seconds, savedCents]),
  ).toEqual([
    [0, 0, 0, 0n],
    [1, 10, 1, 60n],
    [2, 30, 2, 70n],
    [3, 60, undefined, 80n],
  ]);
});

test('the plateau begins where 95 % of the largest saving had been won', () => {
  const at = (totals: readonly (number | undefined)[]) =>
    plateauOf(searchPoints(detail(totals, []), []))?.iteration;
  expect(at([100, 50, 5, 0, 3])).toBe(2);
  expect(at([100, 50, undefined, 0])).toBe(3);
  expect(at([100, 100, 120])).toBeUndefined();
});

test('by model: what it took, what became of it, and the fall of the cost where it alone was asked', () => {
  const shares = modelShares(detail([100, 40, 30, 20], ['accepted', 'invalid', 'accepted']), [
    turn(0, 9, 'a'),
    turn(1, 9, 'b'),
    turn(2, 9, 'b'),
    { ...turn(2, 9, 'a'), agentId: 'B' },
  ]);
  expect(shares).toEqual([
    expect.objectContaining({ model: 'a', exchanges: 2, accepted: 1, words: 20, savedCents: 60n }),
    expect.objectContaining({ model: 'b', exchanges: 2, accepted: 1, invalid: 1, savedCents: 10n }),
  ]);
});
