/** Row counts and costs of the real files beside the repository, as their README lists them. */
import { expect, test } from 'vitest';

import { bigInt, int, nullable, queryRows, text } from '../engine/rows.ts';
import { bootBlockingEngine } from '../engine/wasm/blockingEngine.ts';
import { sql, type Sql } from '../lib/sql.ts';
import { openFixtureOn } from '../testing/openFixture.ts';
import { describeRealFile } from '../testing/realFile.ts';
import { probe } from './probe.ts';

const engine = await bootBlockingEngine();

/** Dollars as the README prints them, in cents. */
const cents = (dollars: string): bigint[] =>
  dollars
    .trim()
    .split(/\s+/)
    .map((amount) => BigInt(amount.replace('.', '')));

async function open(path: string) {
  const files = await openFixtureOn(engine, path);
  for (const file of files) await probe(engine, file);
  return files;
}

async function count(from: Sql): Promise<number | undefined> {
  const rows = await queryRows(engine, sql`SELECT count(*) AS count FROM ${from}`, { count: int });
  return rows[0]?.count;
}

async function costsOf(experiment: string, agent: string): Promise<readonly bigint[]> {
  const rows = await queryRows(
    engine,
    sql`SELECT cost_cents FROM iteration_costs
        WHERE experiment_id = ${experiment} AND agent_key = ${agent} ORDER BY iteration`,
    { costCents: bigInt },
  );
  return rows.map((row) => row.costCents);
}

/** Total of the first and of the last iteration. */
async function firstAndFinal(experiment: string): Promise<readonly bigint[]> {
  const rows = await queryRows(
    engine,
    sql`SELECT sum(cost_cents)::BIGINT AS total FROM iteration_costs
        WHERE experiment_id = ${experiment} GROUP BY iteration ORDER BY iteration`,
    { total: bigInt },
  );
  return [rows[0]?.total ?? 0n, rows.at(-1)?.total ?? 0n];
}

describeRealFile('exp1-20251215.db', (path) => {
  test('B-V2: nine iterations, 25 events, no runs and no evaluations', async () => {
    expect((await open(path))[0]?.layouts.dialects).toEqual(['B-V2']);
    const id = 'exp1-20251215-084901-866d63';
    expect(await costsOf(id, 'BANK_A')).toEqual(
      cents('50.00 20.00 18.00 16.00 15.00 14.00 13.00 12.00 11.00'),
    );
    expect(await costsOf(id, 'BANK_B')).toEqual(
      cents('50.00 20.00 20.00 20.00 20.00 20.00 20.00 20.00 20.00'),
    );
    expect(await count(sql`experiment_events`)).toBe(25);
    expect(await count(sql`simulation_runs`)).toBe(0);
    expect(await count(sql`evaluations`)).toBe(0);
  });
});

describeRealFile('exp2-20251215.db', (path) => {
  test('B-V2: eleven iterations, the same cost for both banks', async () => {
    await open(path);
    const id = 'exp2-20251215-083049-8cf596';
    const costs = cents('498.00 275.29 218.72 193.82 178.88 168.92 161.23 156.43 156.43 156.43 156.43');
    expect(await costsOf(id, 'BANK_A')).toEqual(costs);
    expect(await costsOf(id, 'BANK_B')).toEqual(costs);
    expect(await count(sql`experiment_events WHERE event_type = 'llm_interaction'`)).toBe(20);
  });
});

/** The two experiments of pairwise.db, which unified.db holds again in schema A. */
async function expectPairwiseCosts(): Promise<void> {
  const id = 'exp1-20261123-045337-b1f149';
  expect(await costsOf(id, 'BANK_A')).toEqual(cents('50.00 45.00 43.00 33.00 33.00 33.00 33.00 32.00 32.00'));
  expect(await costsOf(id, 'BANK_B')).toEqual(cents('50.00 40.00 39.00 38.00 36.00 36.00 36.00 36.00 36.00'));
  expect(await firstAndFinal('exp1-20261123-045340-6346bb')).toEqual(cents('100.00 20.00'));
  expect((await costsOf('exp1-20261123-045340-6346bb', 'BANK_B')).at(-1)).toBe(2000n);
  expect(await count(sql`iterations`)).toBe(29);
}

describeRealFile('pairwise.db', (path) => {
  test('B-V5: 29 runs with seed 0 and no iteration, all linked to their experiment', async () => {
    expect((await open(path))[0]?.layouts.dialects).toEqual(['B-V5']);
    await expectPairwiseCosts();
    expect(await count(sql`simulation_runs WHERE rng_seed = 0 AND iteration IS NULL`)).toBe(29);
    expect(await count(sql`simulation_runs WHERE experiment_id = 'exp1-20261123-045337-b1f149'`)).toBe(9);
    expect(await count(sql`evaluations`)).toBe(47);
    expect(await count(sql`simulation_events`)).toBe(719);
    expect(await count(sql`orphan_runs`)).toBe(0);
    expect(
      await count(sql`evaluations WHERE iteration = 11 AND agent_id = 'BANK_B' AND old_cost_cents = 2100
        AND new_cost_cents = 7100 AND delta_sum_cents = -5000 AND NOT accepted`),
    ).toBe(1);
  });
});

describeRealFile('unified.db', (path) => {
  test('A1: 29 runs with their iterations; 29 templates are never runs (11.25)', async () => {
    expect((await open(path))[0]?.layouts.dialects).toEqual(['A1']);
    await expectPairwiseCosts();
    expect(await count(sql`simulation_runs`)).toBe(29);
    expect(
      await count(sql`simulation_runs WHERE purpose = 'evaluation'
        AND simulation_id = experiment_id || '-iter' || iteration || '-evaluation'`),
    ).toBe(29);
    expect(await count(sql`simulation_runs WHERE simulation_id = 'templates'`)).toBe(0);
    expect(await count(sql`orphan_runs`)).toBe(0);
    expect(await count(sql`evaluations`)).toBe(0);
    const stored = await queryRows(
      engine,
      sql`SELECT created_at, stored_final_cost_cents AS final, stored_best_cost_cents AS best
          FROM experiments ORDER BY created_at`,
      { createdAt: text, final: nullable(bigInt), best: nullable(bigInt) },
    );
    expect(stored).toEqual([
      { createdAt: '2026-11-23T04:53:37.883920', final: 6800n, best: 6800n },
      { createdAt: '2026-11-23T04:53:40.012531', final: 2000n, best: 2000n },
    ]);
  });
});

describeRealFile('bootstrap.db', (path) => {
  test('B-V5: 14 iterations and 14 context runs of each experiment', async () => {
    await open(path);
    const id = 'exp2-20261123-045350-e40e67';
    expect(await costsOf(id, 'BANK_A')).toEqual(
      cents(
        '498.00 398.40 398.40 378.48 328.68 298.80 298.80 298.80 288.84 189.24 169.32 149.40 149.40 139.44',
      ),
    );
    expect(await costsOf(id, 'BANK_B')).toEqual(
      cents(
        '498.00 498.00 398.40 368.52 318.72 288.84 288.84 288.84 288.84 189.24 189.24 189.24 189.24 189.24',
      ),
    );
    expect((await firstAndFinal('exp2-20261123-045413-5fcbcd'))[1]).toBe(29_973n);
    const runs = await queryRows(
      engine,
      sql`SELECT experiment_id, count(*) AS runs FROM simulation_runs GROUP BY ALL ORDER BY ALL`,
      { experimentId: text, runs: int },
    );
    expect(runs.map((row) => row.runs)).toEqual([14, 14]);
    expect(
      await count(sql`evaluations WHERE experiment_id = ${id} AND iteration = 10 AND agent_id = 'BANK_A'
        AND sample_count = 50 AND delta_sum_cents = 90609 AND new_cost_cents = 15119
        AND new_cost_std_dev_cents = 1271 AND new_cost_interval = '[14756, 15483]'`),
    ).toBe(1);
  });
});

describeRealFile('crashed.db', (path) => {
  test('four experiments without an end; their iterations are counted, not believed (0.14, 11.5)', async () => {
    await open(path);
    const rows = await queryRows(
      engine,
      sql`SELECT stored_num_iterations AS stored, count(iteration) AS iterations
          FROM experiments LEFT JOIN iterations USING (file_id, experiment_id)
          WHERE completed_at IS NULL GROUP BY experiment_id, stored_num_iterations, created_at
          ORDER BY created_at`,
      { stored: int, iterations: int },
    );
    expect(rows.map((row) => row.iterations)).toEqual([2, 1, 2, 6]);
    expect(rows.map((row) => row.stored)).toEqual([0, 0, 0, 0]);
  });
});

describeRealFile('near-deadline.db', (path) => {
  test('one run, though two tables name it', async () => {
    expect((await open(path))[0]?.layouts.dialects).toEqual(['simulation-only']);
    const runs = await queryRows(
      engine,
      sql`SELECT simulation_id, rng_seed, ticks_per_day, day_count, arrivals, settlements, total_cost_cents,
          config_json[:1] AS start FROM simulation_runs`,
      {
        simulationId: text,
        rngSeed: int,
        ticksPerDay: int,
        dayCount: int,
        arrivals: int,
        settlements: int,
        totalCostCents: bigInt,
        start: text,
      },
    );
    expect(runs).toEqual([
      {
        simulationId: 'sim-3a023269',
        rngSeed: 42,
        ticksPerDay: 100,
        dayCount: 1,
        arrivals: 393,
        settlements: 364,
        totalCostCents: 313_412n,
        start: '{',
      },
    ]);
    expect(await count(sql`simulation_events`)).toBe(1861);
    expect(await count(sql`orphan_runs`)).toBe(0);
  });
});

describeRealFile('killed.db', (path) => {
  test('with its WAL: one run known by its 4,520 payments of days 0 to 16 (0.14)', async () => {
    expect((await open(path))[0]?.tables.size).toBe(15);
    const rows = await queryRows(engine, sql`FROM orphan_runs`, {
      transactionCount: int,
      eventCount: int,
      firstDay: int,
      lastDay: int,
    });
    expect(rows).toEqual([{ transactionCount: 4520, eventCount: 0, firstDay: 0, lastDay: 16 }]);
    expect(await count(sql`simulation_runs`)).toBe(0);
  });
});
