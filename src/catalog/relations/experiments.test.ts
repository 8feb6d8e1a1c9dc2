import { expect, test } from 'vitest';

import { bigInt, boolean, int, nullable, queryRows, text } from '../../engine/rows.ts';
import { bootBlockingEngine } from '../../engine/wasm/blockingEngine.ts';
import { sql } from '../../lib/sql.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { openFixtureOn } from '../../testing/openFixture.ts';

const engine = await bootBlockingEngine();

const row = {
  experimentId: text,
  experimentName: text,
  masterSeed: nullable(bigInt),
  createdAt: text,
  completedAt: nullable(text),
  storedNumIterations: nullable(int),
  storedConverged: nullable(boolean),
  convergenceReason: nullable(text),
  storedFinalCostCents: nullable(bigInt),
  storedBestCostCents: nullable(bigInt),
};
const readExperiments = () => queryRows(engine, sql`FROM experiments ORDER BY experiment_id`, row);

test('A: TIMESTAMP becomes ISO text with a T, with six digits of a second or none (11.11)', async () => {
  const path = await writeFixture('A1', {
    experiments: [
      { id: 'a', createdAt: '2026-03-01 10:20:30', completedAt: '2026-03-01 10:20:30.5' },
      { id: 'b', createdAt: '2026-03-01 10:20:30.000001', completedAt: null },
      { id: 'c', createdAt: '2026-03-01 10:20:30.100000', completedAt: '0999-01-01 00:00:00' },
    ],
  });
  await openFixtureOn(engine, path);
  const times = (await readExperiments()).map(({ createdAt, completedAt }) => [createdAt, completedAt]);
  expect(times).toEqual([
    ['2026-03-01T10:20:30', '2026-03-01T10:20:30.500000'],
    ['2026-03-01T10:20:30.000001', undefined],
    ['2026-03-01T10:20:30.100000', '0999-01-01T00:00:00'],
  ]);
});

test('B: text of a time stays as stored, booleans and counters may be NULL (11.11, 11.12)', async () => {
  const path = await writeFixture('B-V5', {
    experiments: [
      {
        id: 'r',
        createdAt: '2025-12-15T08:49:01.906403',
        completedAt: null,
        converged: null,
        numIterations: null,
      },
    ],
  });
  await openFixtureOn(engine, path);
  expect(await readExperiments()).toEqual([
    {
      experimentId: 'r',
      experimentName: 'exp1',
      masterSeed: undefined,
      createdAt: '2025-12-15T08:49:01.906403',
      completedAt: undefined,
      storedNumIterations: undefined,
      storedConverged: undefined,
      convergenceReason: undefined,
      storedFinalCostCents: undefined,
      storedBestCostCents: undefined,
    },
  ]);
});

test.for(['A1', 'A2'] as const)('%s: seed and costs have all their digits (11.8)', async (layout) => {
  const path = await writeFixture(layout, {
    experiments: [
      {
        id: 'x',
        masterSeed: 9007199254740993n,
        finalCost: 9223372036854775807n,
        bestCost: -9007199254740993n,
      },
    ],
  });
  await openFixtureOn(engine, path);
  expect(await readExperiments()).toMatchObject([
    {
      masterSeed: 9007199254740993n,
      storedFinalCostCents: 9223372036854775807n,
      storedBestCostCents: -9007199254740993n,
    },
  ]);
});

test('a cost stored as DOUBLE is taken when it is whole and NULL when it is not (11.13)', async () => {
  const path = await writeFixture(
    'A2',
    { experiments: [{ id: 'x' }] },
    {
      statements: [
        sql`DROP INDEX idx_experiments_type`,
        sql`ALTER TABLE experiments DROP COLUMN final_cost`,
        sql`ALTER TABLE experiments DROP COLUMN best_cost`,
        sql`ALTER TABLE experiments ADD COLUMN final_cost DOUBLE DEFAULT 6800.0`,
        sql`ALTER TABLE experiments ADD COLUMN best_cost DOUBLE DEFAULT 12.5`,
      ],
    },
  );
  await openFixtureOn(engine, path);
  expect(await readExperiments()).toMatchObject([
    { storedFinalCostCents: 6800n, storedBestCostCents: undefined },
  ]);
});

test('columns are found by name, whatever their order, and any but the key may be absent (11.7)', async () => {
  const path = await writeFixture(
    'empty',
    {},
    {
      statements: [
        sql`CREATE TABLE experiments (convergence_reason VARCHAR, created_at VARCHAR, run_id VARCHAR)`,
        sql`INSERT INTO experiments VALUES ('Not converged', '2026-01-01T00:00:00', 'r')`,
      ],
    },
  );
  await openFixtureOn(engine, path);
  expect(await readExperiments()).toMatchObject([
    { experimentId: 'r', experimentName: 'r', convergenceReason: 'Not converged', completedAt: undefined },
  ]);
});
