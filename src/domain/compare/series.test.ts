import { expect, test } from 'vitest';

import { agentId } from '../../lib/ids.ts';
import { cents } from '../../lib/units.ts';
import type { ExperimentDetail, IterationRow, Proposal } from '../experiment/normalised.ts';
import { groupPoints, minus, valuesOf, type Values } from './series.ts';

const A = agentId('BANK_A');
const B = agentId('BANK_B');

/** Costs of both agents by iteration (undefined where not recorded), and in which iterations they accepted. */
function detail(
  costs: readonly (readonly [number, number] | undefined)[],
  accepted: Readonly<Record<string, readonly number[]>> = {},
): ExperimentDetail {
  return {
    agents: [A, B],
    iterations: costs.map((pair, iteration) => ({
      iteration,
      costsCents: new Map(
        pair === undefined ? [] : [[A, cents(pair[0])] as const, [B, cents(pair[1])] as const],
      ),
      totalCents: pair === undefined ? undefined : cents(pair[0] + pair[1]),
      parameters: new Map([[A, new Map([['f', iteration / 10]])]]),
    })) as unknown as IterationRow[],
    proposals: Object.entries(accepted).flatMap(([agent, iterations]) =>
      iterations.map((iteration) => ({ agentId: agent, iteration, verdict: 'accepted' })),
    ) as unknown as Proposal[],
    runs: [],
  };
}

const plain = {
  subject: { parameter: undefined, agent: undefined },
  alignment: 'iteration',
  bestSoFar: false,
} as const;
const list = (values: Values) =>
  [...values].map(([place, value]) => [place, value === undefined ? undefined : Number(value)]);

test('costs in total and of an agent, a parameter, and the lowest so far', () => {
  const one = detail([[5, 5], [2, 4], undefined, [3, 6]]);
  expect(list(valuesOf(one, plain))).toEqual([
    [0, 10],
    [1, 6],
    [2, undefined],
    [3, 9],
  ]);
  expect(list(valuesOf(one, { ...plain, subject: { parameter: undefined, agent: B } }))).toEqual([
    [0, 5],
    [1, 4],
    [2, undefined],
    [3, 6],
  ]);
  expect(list(valuesOf(one, { ...plain, subject: { parameter: 'f', agent: A } }))[3]).toEqual([3, 0.3]);
  expect(list(valuesOf(one, { ...plain, bestSoFar: true }))).toEqual([
    [0, 10],
    [1, 6],
    [2, undefined],
    [3, 6],
  ]);
});

test('by accepted proposals: the first iteration that knows them all', () => {
  const one = detail(
    [
      [5, 5],
      [2, 4],
      [2, 4],
      [1, 1],
    ],
    { BANK_A: [0, 2], BANK_B: [2] },
  );
  const aligned = { ...plain, alignment: 'accepted' } as const;
  expect(list(valuesOf(one, aligned))).toEqual([
    [0, 10],
    [1, 6],
    [3, 2],
  ]);
  expect(list(valuesOf(one, { ...aligned, subject: { parameter: undefined, agent: B } }))).toEqual([
    [0, 5],
    [1, 1],
  ]);
});

test('a group ends with its shortest pass, and has no mean where a pass has no value', () => {
  const values = (...numbers: (number | undefined)[]): Values =>
    new Map(numbers.map((value, place) => [place, value === undefined ? undefined : cents(value)]));
  const points = groupPoints(
    [values(10, 4, undefined, 1), values(10, 8, 5), values(10, 3, 1, 1, 1)],
    'iteration',
  );
  expect([...points.keys()]).toEqual([0, 1, 2]);
  expect(points.get(1)).toMatchObject({ mean: 5, low: 3, high: 8, count: 3 });
  expect(points.get(1)?.interval?.[0]).toBeCloseTo(5 - (4.302653 * Math.sqrt(7)) / Math.sqrt(3), 4);
  expect(points.get(2)).toBeUndefined();
});

test('between two numbers of accepted proposals a pass has what it had before', () => {
  const jumped: Values = new Map([
    [0, cents(10)],
    [2, cents(4)],
  ]);
  const stepped: Values = new Map([
    [0, cents(10)],
    [1, cents(8)],
    [2, cents(6)],
    [3, cents(5)],
  ]);
  const points = groupPoints([jumped, stepped], 'accepted');
  expect([...points].map(([place, point]) => [place, point?.mean])).toEqual([
    [0, 10],
    [1, 9],
    [2, 5],
  ]);
});

test('differences are exact in cents and to twelve digits elsewhere', () => {
  expect(minus(cents(9007199254740993n), cents(1))).toBe(9007199254740992n);
  expect(minus(0.3, 0.2)).toBe(0.1);
  expect(minus(undefined, 1)).toBeUndefined();
});
