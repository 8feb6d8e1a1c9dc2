import { expect, test } from 'vitest';

import { agentId } from '../../lib/ids.ts';
import { cents } from '../../lib/units.ts';
import type { IterationRow } from '../experiment/normalised.ts';
import { compareConfigurations } from './groups.ts';
import { outcomeOf, perDollar, sameIterations } from './outcome.ts';

const A = agentId('BANK_A');

function row(iteration: number, total: number | undefined, fraction = 0.5): IterationRow {
  return {
    iteration,
    costsCents: new Map(total === undefined ? [] : [[A, cents(total)]]),
    unreadableCosts: new Map(),
    totalCents: total === undefined ? undefined : cents(total),
    parameters: new Map([[A, new Map([['initial_liquidity_fraction', fraction]])]]),
    unreadableParameters: new Map(),
  };
}

test('the best is the first of the cheapest, and a missing cost is none', () => {
  const found = outcomeOf(
    [row(0, 10_000), row(1, 2_000), row(2, undefined), row(3, 2_000), row(4, 2_500)],
    [],
    0,
  );
  expect(found).toMatchObject({
    bestCents: 2_000n,
    bestIteration: 1,
    finalCents: 2_500n,
    savingCents: 7_500n,
  });
  expect(outcomeOf([row(0, 10_000), row(1, undefined)], [], 0)).toMatchObject({
    finalCents: undefined,
    savingCents: undefined,
    bestCents: 10_000n,
  });
});

test('a row that cannot be placed may be the cheapest, and the last unless a number is missing for it', () => {
  const costs = (numbers: readonly number[], unplaced: number) =>
    outcomeOf(
      numbers.map((iteration) => row(iteration, 10_000 - iteration)),
      [],
      unplaced,
    );
  expect(costs([0, 1, 2], 1)).toMatchObject({
    firstCents: 10_000n,
    finalCents: undefined,
    bestCents: undefined,
  });
  expect(costs([0, 2], 1)).toMatchObject({ finalCents: 9_998n, bestCents: undefined, savingCents: 2n });
  expect(costs([0, 2], 2).finalCents).toBeUndefined();
  // A number stored twice is no row that is missing.
  expect(costs([0, 1, 1], 0)).toMatchObject({ finalCents: 9_999n, bestCents: 9_999n });
});

test('nothing is bought per dollar where nothing was saved', () => {
  expect(perDollar(5_000, cents(10_000))).toBe(50);
  expect(perDollar(5_000, cents(0))).toBeUndefined();
  expect(perDollar(5_000, cents(-1))).toBeUndefined();
});

test('two records are the same by their iterations, costs and parameters', () => {
  expect(sameIterations([row(0, 1), row(1, 2)], [row(0, 1), row(1, 2)])).toBe(true);
  expect(sameIterations([row(0, 1), row(1, 2)], [row(0, 1), row(1, 3)])).toBe(false);
  expect(sameIterations([row(0, 1)], [row(0, 1, 0.4)])).toBe(false);
  expect(sameIterations([row(0, 1)], [row(0, 1), row(1, 2)])).toBe(false);
});

test('configurations by key: nested names, lists whole, what one does not store', () => {
  const found = compareConfigurations([
    { seed: 42, llm: { model: 'a', retries: 2 }, agents: ['A', 'B'] },
    { seed: 43, llm: { model: 'a' }, agents: ['A', 'B'] },
    undefined,
  ]);
  expect(found).toEqual([
    { key: 'seed', values: ['42', '43', undefined], differs: true },
    { key: 'llm.model', values: ['a', 'a', undefined], differs: true },
    { key: 'llm.retries', values: ['2', undefined, undefined], differs: true },
    { key: 'agents', values: ['["A","B"]', '["A","B"]', undefined], differs: true },
  ]);
  expect(compareConfigurations([{ seed: 1 }, { seed: 1 }])[0]?.differs).toBe(false);
});
