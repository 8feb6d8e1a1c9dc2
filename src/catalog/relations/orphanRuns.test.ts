import { expect, test } from 'vitest';

import { int, nullable, queryRows, text } from '../../engine/rows.ts';
import { bootBlockingEngine } from '../../engine/wasm/blockingEngine.ts';
import { sql } from '../../lib/sql.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { openFixtureOn } from '../../testing/openFixture.ts';

const engine = await bootBlockingEngine();

const readOrphans = () =>
  queryRows(engine, sql`FROM orphan_runs ORDER BY simulation_id`, {
    fileId: text,
    simulationId: text,
    transactionCount: nullable(int),
    settledCount: nullable(int),
    eventCount: nullable(int),
    firstDay: nullable(int),
    lastDay: nullable(int),
  });

const children = {
  runs: [{ id: 'whole' }],
  transactions: [
    { simulation: 'whole', settlementTick: 1 },
    { simulation: 'killed', arrivalDay: 2, settlementTick: 9 },
    { simulation: 'killed', arrivalDay: 16 },
    { simulation: 'killed', arrivalDay: 3, status: 'overdue' as const },
  ],
  simulationEvents: [
    { simulation: 'whole', tick: 0, type: 'Arrival' },
    { simulation: 'killed', tick: 0, type: 'Arrival', day: 1 },
    { simulation: 'eventful', tick: 0, type: 'Arrival', day: 4 },
  ],
};

test.for(['simulation-only', 'standalone-A', 'A1'] as const)(
  '%s: children without their parent, counted; a run with a row is none (0.14)',
  async (layout) => {
    await openFixtureOn(engine, await writeFixture(layout, children));
    expect(await readOrphans()).toEqual([
      {
        fileId: 'f1',
        simulationId: 'eventful',
        transactionCount: 0,
        settledCount: 0,
        eventCount: 1,
        firstDay: 4,
        lastDay: 4,
      },
      {
        fileId: 'f1',
        simulationId: 'killed',
        transactionCount: 3,
        settledCount: 1,
        eventCount: 1,
        firstDay: 1,
        lastDay: 16,
      },
    ]);
  },
);

test('B: events alone; a count that the file has no table for is absent', async () => {
  await openFixtureOn(engine, await writeFixture('B-V5', children));
  expect(
    (await readOrphans()).map((run) => [run.simulationId, run.transactionCount, run.eventCount]),
  ).toEqual([
    ['eventful', undefined, 1],
    ['killed', undefined, 1],
  ]);
});

test('a row in either table of runs is a parent', async () => {
  const runs = [{ id: 'whole' }, { id: 'killed' }, { id: 'eventful' }];
  const statements = [
    sql`DELETE FROM simulations WHERE simulation_id = 'killed'`,
    sql`DELETE FROM simulation_runs WHERE simulation_id = 'eventful'`,
  ];
  await openFixtureOn(engine, await writeFixture('simulation-only', { ...children, runs }, { statements }));
  expect(await readOrphans()).toEqual([]);
});

test('a file that was killed in mid-run gives its rows with its WAL (11.3)', async () => {
  const path = await writeFixture(
    'simulation-only',
    { transactions: [{ simulation: 'killed' }] },
    { leaveWal: true },
  );
  await openFixtureOn(engine, path);
  expect(await readOrphans()).toMatchObject([{ simulationId: 'killed', transactionCount: 1 }]);
});
