import { expect, test } from 'vitest';

import { bigInt, boolean, double, int, nullable, queryRows, text } from '../../engine/rows.ts';
import { bootBlockingEngine } from '../../engine/wasm/blockingEngine.ts';
import { sql } from '../../lib/sql.ts';
import type { FixtureEvaluation } from '../../testing/fixtures/content.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { openFixtureOn } from '../../testing/openFixture.ts';

const engine = await bootBlockingEngine();

const evaluation: FixtureEvaluation = {
  iteration: 2,
  agent: 'BANK_B',
  mode: 'bootstrap',
  proposed: '{"version": "2.0"}',
  oldCost: 5000,
  newCost: 4500,
  contextCost: 5001,
  accepted: false,
  reason: 'delta_sum ≤ 0',
  deltaSum: 25_000,
  numSamples: 50,
  sampleDetails: '[{"index": 0}]',
  scenarioSeed: 7,
  at: '2026-01-01T00:00:00.000001',
  settlementRate: 0.667,
  avgDelay: 1.5,
  costBreakdown: { delay_cost: 1 },
  costStdDev: 1271,
  interval: '[4000, 4900]',
  agentStats: { BANK_B: { cost: 4500 } },
};

const row = {
  experimentId: text,
  iteration: int,
  agentId: text,
  evaluationMode: text,
  proposedPolicy: text,
  oldCostCents: bigInt,
  newCostCents: bigInt,
  contextCostCents: bigInt,
  accepted: boolean,
  acceptanceReason: text,
  deltaSumCents: bigInt,
  sampleCount: int,
  sampleDetails: nullable(text),
  scenarioSeed: nullable(bigInt),
  recordedAt: text,
  settlementRate: nullable(double),
  avgDelay: nullable(double),
  costBreakdown: nullable(text),
  newCostStdDevCents: nullable(bigInt),
  newCostInterval: nullable(text),
  agentStats: nullable(text),
};

const early = {
  experimentId: 'exp1',
  iteration: 2,
  agentId: 'BANK_B',
  evaluationMode: 'bootstrap',
  proposedPolicy: '{"version": "2.0"}',
  oldCostCents: 5000n,
  newCostCents: 4500n,
  contextCostCents: 5001n,
  accepted: false,
  acceptanceReason: 'delta_sum ≤ 0',
  deltaSumCents: 25_000n,
  sampleCount: 50,
  sampleDetails: '[{"index": 0}]',
  scenarioSeed: 7n,
  recordedAt: '2026-01-01T00:00:00.000001',
};
const late = {
  settlementRate: 0.667,
  avgDelay: 1.5,
  costBreakdown: '{"delay_cost": 1}',
  newCostStdDevCents: 1271n,
  newCostInterval: '[4000, 4900]',
  agentStats: '{"BANK_B": {"cost": 4500}}',
};
const unrecorded = {
  settlementRate: undefined,
  avgDelay: undefined,
  costBreakdown: undefined,
  newCostStdDevCents: undefined,
  newCostInterval: undefined,
  agentStats: undefined,
};

test.for([
  ['B-V3', unrecorded],
  ['B-V4', late],
  ['B-V5', late],
  ['A1', late],
  ['A2', late],
] as const)('%s: 15 or 21 columns, INTEGER or BIGINT, keyed by either id (3.5)', async ([layout, extras]) => {
  await openFixtureOn(engine, await writeFixture(layout, { evaluations: [evaluation] }));
  expect(await queryRows(engine, sql`FROM evaluations`, row)).toEqual([{ ...early, ...extras }]);
});

test('each late column is tested apart (3.5, 11.6)', async () => {
  const statements = [
    sql`DROP INDEX idx_policy_evals_run_agent`,
    sql`DROP INDEX idx_policy_evals_mode`,
    sql`ALTER TABLE policy_evaluations DROP COLUMN avg_delay`,
    sql`ALTER TABLE policy_evaluations DROP COLUMN agent_stats`,
  ];
  await openFixtureOn(engine, await writeFixture('B-V4', { evaluations: [evaluation] }, { statements }));
  expect(await queryRows(engine, sql`FROM evaluations`, row)).toEqual([
    { ...early, ...late, avgDelay: undefined, agentStats: undefined },
  ]);
});

test('an evaluation table may be there and empty (11.22), or not be there', async () => {
  for (const path of [await writeFixture('B-V5'), await writeFixture('B-V2'), await writeFixture('A1')]) {
    await openFixtureOn(engine, path);
    expect((await engine.query(sql`FROM evaluations`)).rowCount).toBe(0);
  }
});

test('schema A holds costs past the 32 bits of B (11.8)', async () => {
  const rich = { ...evaluation, oldCost: 9007199254740993n, newCost: -1n, deltaSum: 9007199254740994n };
  await openFixtureOn(engine, await writeFixture('A1', { evaluations: [rich] }));
  expect(await queryRows(engine, sql`FROM evaluations`, row)).toMatchObject([
    { oldCostCents: 9007199254740993n, newCostCents: -1n, deltaSumCents: 9007199254740994n },
  ]);
});
