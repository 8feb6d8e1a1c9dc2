import { beforeAll, expect, test } from 'vitest';

import type { Engine } from '../engine/engine.ts';
import { experimentId, fileId } from '../lib/ids.ts';
import type { ExperimentSummary } from '../domain/experiment/normalised.ts';
import { ask } from '../testing/ask.ts';
import { writeFixture } from '../testing/fixtures/writeFixture.ts';
import { firstFile, openFixture } from '../testing/openFixture.ts';
import { experimentDetail } from './experimentDetail.ts';
import { experimentList } from './experimentList.ts';

let engine: Engine;
let list: readonly ExperimentSummary[];
let statements = 0;

const at = (minute: number) => `2026-01-02T03:${String(minute).padStart(2, '0')}:00.000000`;
const long = Array.from({ length: 200 }, (_, k) => ({
  experiment: 'long',
  iteration: k,
  costs: { A: k === 77 ? 1 : k === 133 ? 99_999 : 1_000 + k, B: 0 },
}));

beforeAll(async () => {
  const texts = await writeFixture('A1', {
    experiments: [
      { id: 'converged', createdAt: at(1) },
      { id: 'budget', createdAt: at(2), reason: 'Max iterations reached (3)', converged: true },
      { id: 'stopped', createdAt: at(3), reason: 'Not converged', converged: false },
      { id: 'crashed', createdAt: at(4), completedAt: null },
      { id: 'empty', createdAt: at(5), completedAt: null },
      { id: 'long', createdAt: at(6) },
      { id: 'unreadable', createdAt: at(7), config: '{"master_seed": ' },
    ],
    iterations: [
      { experiment: 'converged', iteration: 0, costs: { A: 300, B: 200, C: 100 } },
      { experiment: 'converged', iteration: 2, costs: { A: 30, B: 20, C: 10 } },
      { experiment: 'converged', iteration: 10, costs: { A: 31, B: 20, C: 10 } },
      { experiment: 'budget', iteration: 0, costs: { A: 500, B: 500 } },
      { experiment: 'budget', iteration: 1, costs: { A: 400 } },
      { experiment: 'budget', iteration: 2, costs: '{"A": 100, "B": 12.5}' },
      { experiment: 'crashed', iteration: 0, costs: '{"A": NaN, "B": 5}' },
      { experiment: 'crashed', iteration: 1, costs: '{}' },
      { experiment: 'stopped', iteration: 0, costs: '{"A": 500.0, "B\\u00e9": -20}' },
      ...long,
    ],
  });
  const a = await writeFixture('A1', {
    experiments: [
      {
        id: 'converged',
        createdAt: at(8),
        masterSeed: 0,
        config: { master_seed: 9_007_199_254_740_993n },
        finalCost: 7n,
        bestCost: 6n,
      },
      { id: 'column', createdAt: at(9), masterSeed: 77n, config: '{"name": "no seed inside"}' },
    ],
    iterations: [
      {
        experiment: 'converged',
        iteration: 0,
        costs: { A: 9_007_199_254_740_993n, B: 9_000_000_000_000_000_000n },
      },
    ],
  });
  const fixture = await openFixture(texts, a);
  const counting: Engine = {
    ...fixture.engine,
    query: (statement, signal) => {
      statements += 1;
      return fixture.engine.query(statement, signal);
    },
  };
  list = [
    ...(await ask(counting, experimentList, firstFile)),
    ...(await ask(counting, experimentList, { fileId: fileId('f2') })),
  ];
  ({ engine } = fixture);
});

const find = (id: string, file = 'f1') =>
  list.find((found) => found.experimentId === experimentId(id) && found.fileId === fileId(file));
const costs = (id: string, file = 'f1') => {
  const found = find(id, file);
  return [found?.firstCostCents, found?.finalCostCents, found?.bestCostCents];
};

test('three statements a file, however many experiments', () => {
  expect(statements).toBe(6);
  expect(list).toHaveLength(9);
});

test('status in honest words (9.2): a spent budget is not convergence, NULL completion is unfinished', () => {
  const statuses = list.filter((found) => found.fileId === 'f1').map((found) => found.status);
  expect(statuses.slice(0, 5)).toEqual([
    'converged',
    'budget_exhausted',
    'stopped',
    'unfinished',
    'unfinished',
  ]);
});

test('first, final and best are sums over agents of the first, last and cheapest row (9.3, 11.21)', () => {
  expect(costs('converged')).toEqual([600n, 61n, 60n]);
  expect(find('converged')?.iterationCount).toBe(3);
});

test('a row with a missing or non-integer cost has no total, and none is borrowed for the final (11.8)', () => {
  expect(costs('budget')).toEqual([1000n, undefined, 1000n]);
  expect(costs('crashed')).toEqual([undefined, undefined, undefined]);
  expect(find('crashed')?.sparklineCents).toEqual([undefined, undefined]);
});

test('integral floats, negative costs and escaped agent names count (11.8)', () => {
  expect(costs('stopped')).toEqual([480n, 480n, 480n]);
});

test('the first cost is that of iteration 0, and unknown where its row is missing or lost its number', async () => {
  const late = {
    experiments: [{ id: 'late' }],
    iterations: [
      { experiment: 'late', iteration: 1, costs: { A: 300 } },
      { experiment: 'late', iteration: 2, costs: { A: 100 } },
    ],
  };
  const { engine } = await openFixture(await writeFixture('A1', late));
  const [listed] = await ask(engine, experimentList, firstFile);
  expect(listed).toMatchObject({ iterationCount: 2, finalCostCents: 100n, bestCostCents: 100n });
  expect(listed?.firstCostCents).toBeUndefined();
});

test('an experiment without iterations is listed, rows are counted while unfinished (11.5, 9.3)', () => {
  expect(find('empty')).toMatchObject({ iterationCount: 0, sparklineCents: [], finalCostCents: undefined });
  expect(find('crashed')).toMatchObject({ iterationCount: 2, storedNumIterations: 0 });
});

test('the seed inside the configuration goes before the column, with all digits (2.3)', () => {
  expect(find('converged', 'f2')?.masterSeed).toBe('9007199254740993');
  expect(find('column', 'f2')?.masterSeed).toBe('77');
  expect(find('unreadable')).toMatchObject({ masterSeed: '42', evaluationMode: undefined });
});

test('costs keep all digits of 64 bits, stored costs stand beside (11.8)', () => {
  expect(costs('converged', 'f2')[0]).toBe(9_009_007_199_254_740_993n);
  expect(find('converged', 'f2')).toMatchObject({ storedFinalCostCents: 7n, storedBestCostCents: 6n });
});

test('the picture of 200 iterations keeps first, last, lowest and highest within 60 points', () => {
  const points = find('long')?.sparklineCents ?? [];
  expect(points.length).toBeLessThanOrEqual(60);
  expect(points.length).toBeGreaterThan(40);
  expect(points[0]).toBe(1000n);
  expect(points.at(-1)).toBe(1199n);
  expect(points).toContain(1n);
  expect(points).toContain(99_999n);
});

test('ids are unique within a file only', async () => {
  const ofSecond = await ask(engine, experimentList, { fileId: fileId('f2') });
  expect(ofSecond.map((found) => found.experimentId)).toEqual(['converged', 'column']);
  const detail = await ask(engine, experimentDetail, {
    fileId: fileId('f2'),
    experimentId: experimentId('converged'),
  });
  expect(detail?.iterations).toHaveLength(1);
});
