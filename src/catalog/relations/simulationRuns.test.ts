import { expect, test } from 'vitest';

import { bigInt, int, nullable, queryRows, text } from '../../engine/rows.ts';
import { bootBlockingEngine } from '../../engine/wasm/blockingEngine.ts';
import { sql } from '../../lib/sql.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { openFixtureOn } from '../../testing/openFixture.ts';

const engine = await bootBlockingEngine();

const row = {
  simulationId: text,
  experimentId: nullable(text),
  iteration: nullable(int),
  purpose: nullable(text),
  sampleIndex: nullable(int),
  rngSeed: nullable(bigInt),
  ticksPerDay: nullable(int),
  dayCount: nullable(int),
  arrivals: nullable(bigInt),
  settlements: nullable(bigInt),
  totalCostCents: nullable(bigInt),
  status: nullable(text),
  startedAt: nullable(text),
  endedAt: nullable(text),
  configName: nullable(text),
  configJson: nullable(text),
};
const readRuns = () => queryRows(engine, sql`FROM simulation_runs ORDER BY simulation_id`, row);

const standalone = {
  id: 'sim-3a023269',
  seed: 9007199254740993n,
  ticksPerDay: 100,
  numDays: 3,
  arrivals: 393,
  settlements: 364,
  totalCost: 313_412,
  startedAt: '2026-11-23 04:54:58.846209',
  endedAt: '2026-11-23 04:54:59',
  configName: 'near.yaml',
  configJson: '{"simulation": {}}',
};
const seen = {
  simulationId: 'sim-3a023269',
  experimentId: undefined,
  iteration: undefined,
  purpose: undefined,
  sampleIndex: undefined,
  rngSeed: 9007199254740993n,
  ticksPerDay: 100,
  dayCount: 3,
  arrivals: 393n,
  settlements: 364n,
  totalCostCents: 313_412n,
  status: 'completed',
  startedAt: '2026-11-23T04:54:58.846209',
  endedAt: '2026-11-23T04:54:59',
  configName: 'near.yaml',
  configJson: '{"simulation": {}}',
};

test.for(['simulation-only', 'standalone-A', 'A1'] as const)(
  '%s: a standalone run is in two tables and is one row, complete (2.7)',
  async (layout) => {
    await openFixtureOn(engine, await writeFixture(layout, { runs: [standalone] }));
    expect(await readRuns()).toEqual([seen]);
  },
);

test('A: a run of an experiment is in simulation_runs only, with its links and no configuration (2.6)', async () => {
  const runs = [
    { id: 'exp1-iter3-bootstrap-sample4', experiment: 'exp1', iteration: 3, purpose: 'bootstrap', sample: 4 },
    standalone,
  ];
  await openFixtureOn(engine, await writeFixture('A1', { runs }));
  expect(await readRuns()).toMatchObject([
    { experimentId: 'exp1', iteration: 3, purpose: 'bootstrap', sampleIndex: 4, configJson: undefined },
    { simulationId: 'sim-3a023269' },
  ]);
});

test('B: ended_at, total_cost_cents and the links are mapped; seed 0 and one day stay as stored (0.8, 3.6)', async () => {
  const run = {
    id: 'r-sim-001-eval',
    experiment: 'r',
    numDays: 1,
    totalCost: 2000,
    endedAt: '2026-01-01 00:00:01',
  };
  const context = { ...run, id: 'r-sim-002-init', iteration: 1 };
  await openFixtureOn(engine, await writeFixture('B-V5', { runs: [run, context] }));
  expect(await readRuns()).toMatchObject([
    {
      simulationId: 'r-sim-001-eval',
      experimentId: 'r',
      iteration: undefined,
      purpose: undefined,
      rngSeed: 0n,
      dayCount: 1,
      arrivals: 3n,
      settlements: 3n,
      totalCostCents: 2000n,
      endedAt: '2026-01-01T00:00:01',
      configName: undefined,
    },
    { simulationId: 'r-sim-002-init', iteration: 1 },
  ]);
});

test('each table may lack the other, or lack rows of the other (11.6)', async () => {
  const content = { runs: [standalone, { ...standalone, id: 'sim-b' }] };
  const onlyRuns = await writeFixture('simulation-only', content, {
    statements: [sql`DROP TABLE simulations`],
  });
  await openFixtureOn(engine, onlyRuns);
  expect(await readRuns()).toMatchObject([
    { simulationId: 'sim-3a023269', totalCostCents: undefined, arrivals: 393n, configName: 'near.yaml' },
    { simulationId: 'sim-b' },
  ]);
  const onlySimulations = await writeFixture('simulation-only', content, {
    statements: [sql`DROP TABLE simulation_runs`],
  });
  await openFixtureOn(engine, onlySimulations);
  expect(await readRuns()).toEqual([seen, { ...seen, simulationId: 'sim-b' }]);
  const halves = await writeFixture('simulation-only', content, {
    statements: [
      sql`DELETE FROM simulations WHERE simulation_id = 'sim-3a023269'`,
      sql`DELETE FROM simulation_runs WHERE simulation_id = 'sim-b'`,
    ],
  });
  await openFixtureOn(engine, halves);
  expect(await readRuns()).toMatchObject([
    { simulationId: 'sim-3a023269', totalCostCents: undefined },
    { simulationId: 'sim-b', totalCostCents: 313_412n },
  ]);
});

test('B’s experiments beside the command line’s runs: B’s links and both tables (11.6, 11.7)', async () => {
  const path = await writeFixture(
    'B-V5',
    { experiments: [{ id: 'r' }], runs: [{ id: 'r-sim-001-eval', experiment: 'r' }] },
    {
      statements: [
        sql`CREATE TABLE simulation_runs (simulation_id VARCHAR, total_transactions BIGINT, start_time TIMESTAMP)`,
        sql`INSERT INTO simulation_runs VALUES ('sim-1', 12, '2026-01-01'), ('r-sim-001-eval', NULL, NULL)`,
      ],
    },
  );
  await openFixtureOn(engine, path);
  expect(await readRuns()).toMatchObject([
    { simulationId: 'r-sim-001-eval', experimentId: 'r', arrivals: 3n },
    { simulationId: 'sim-1', experimentId: undefined, arrivals: 12n, startedAt: '2026-01-01T00:00:00' },
  ]);
});

test('templates are a catalogue, never a run (2.14, 11.25)', async () => {
  const runs = [standalone, { ...standalone, id: 'templates' }];
  await openFixtureOn(engine, await writeFixture('A1', { runs, templates: ['Fifo', 'Deadline'] }));
  expect((await readRuns()).map((run) => run.simulationId)).toEqual(['sim-3a023269']);
  expect((await engine.query(sql`FROM orphan_runs`)).rowCount).toBe(0);
});
