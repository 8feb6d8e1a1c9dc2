import { beforeAll, describe, expect, test } from 'vitest';

import { healthJson, healthMarkdown } from '../domain/health/export.ts';
import type { RunHealth } from '../domain/health/facts.ts';
import { buildHealthReport, type HealthReport } from '../domain/health/report.ts';
import { bootBlockingEngine, type BlockingEngine } from '../engine/wasm/blockingEngine.ts';
import { fileId } from '../lib/ids.ts';
import { sql } from '../lib/sql.ts';
import { ask } from '../testing/ask.ts';
import type { FixtureContent } from '../testing/fixtures/content.ts';
import { writeFixture } from '../testing/fixtures/writeFixture.ts';
import { openFixtureOn } from '../testing/openFixture.ts';
import { testRealFiles } from '../testing/realFile.ts';
import { fileHealth } from './fileHealth.ts';
import { consistencyChecks } from './run/consistencyChecks.ts';

let engine: BlockingEngine;
beforeAll(async () => {
  engine = await bootBlockingEngine();
});

/** The report of a file; of its runs so many are checked. */
async function reportOf(path: string, mostRuns = Infinity): Promise<HealthReport> {
  const [opened] = await openFixtureOn(engine, path);
  const dialects = opened?.layouts.dialects ?? [];
  const scope = { fileId: fileId('f1') };
  const facts = await ask(engine, fileHealth, { ...scope, isUnified: dialects.includes('A1') });
  const runs: RunHealth[] = [];
  for (const simulationId of facts.runs.slice(0, mostRuns))
    runs.push({ simulationId, checks: await ask(engine, consistencyChecks, { ...scope, simulationId }) });
  const file = {
    name: 'test.db',
    sizeBytes: 1000,
    dialects,
    writerVersion: 'v1.5.6',
    withLog: false,
    storageVersion: '64',
    fingerprint: '0a1b2c3d',
    headFingerprint: '11111111',
  };
  return buildHealthReport(file, facts, runs, []);
}

const section = (report: HealthReport, code: string) => report.sections.find((one) => one.code === code);
const check = (report: HealthReport, code: string) =>
  report.sections.flatMap(({ checks }) => checks).find((one) => one.code === code);

/** One proposal that follows and one that does not: accepted though dearer, by $10.00. */
const oneWrong: FixtureContent = {
  iterations: [
    { iteration: 0, costs: { A: 5000, B: 5000 }, fractions: { A: 0.5, B: 0.5 } },
    { iteration: 1, costs: { A: 4000, B: 6000 }, fractions: { A: 0.4, B: 0.6 } },
  ],
  evaluations: [
    {
      iteration: 0,
      agent: 'A',
      oldCost: 5000,
      newCost: 4000,
      accepted: true,
      reason: 'passed: delta_sum > 0',
      settlementRate: 1,
    },
    {
      iteration: 0,
      agent: 'B',
      oldCost: 5000,
      newCost: 6000,
      accepted: true,
      reason: 'passed: delta_sum > 0',
      settlementRate: 1,
    },
  ],
};

describe('a verdict that does not follow', () => {
  test('is counted, listed with its place, and said in the sentence for the paper', async () => {
    const report = await reportOf(await writeFixture('B-V5', oneWrong));
    expect(section(report, 'verdicts')).toMatchObject({
      outcome: 'contradiction',
      words: '1 of 2 follow',
      count: 1,
      tested: '2 verdicts',
    });
    expect(check(report, 'verdict-rules')?.rows).toMatchObject([{ iteration: 0, agentId: 'B' }]);
    expect(report.outcome).toBe('contradiction');
    expect(report.sentence).toContain(
      'Of 2 evaluated verdicts, 1 follow from their stored costs and 1 does not',
    );
  });

  test('is in what leaves, by code and with its row', async () => {
    const report = await reportOf(await writeFixture('B-V5', oneWrong));
    const made = { appVersion: '9.9.9', at: '2026-11-27T12:00:00Z' };
    const parsed: unknown = JSON.parse(healthJson([report], made));
    expect(parsed).toMatchObject({
      format: 'iterscope-health',
      appVersion: '9.9.9',
      files: [{ file: { fingerprint: '0a1b2c3d' }, outcome: 'contradiction' }],
    });
    const text = healthMarkdown([report], made);
    expect(text).toContain('fingerprint 0a1b2c3d');
    expect(text).toContain('| **Verdicts** | contradiction | 1 of 2 follow | 2 verdicts |');
  });
});

test('a rule that had nothing to compare is unknown, not fine', async () => {
  const report = await reportOf(await writeFixture('B-V5', oneWrong));
  expect(check(report, 'samples-sum')).toMatchObject({ outcome: 'unknown', tested: '0 proposals', count: 0 });
  expect(check(report, 'delta-costs')).toMatchObject({ outcome: 'ok', tested: '2 proposals', count: 0 });
  expect(section(report, 'runs')).toMatchObject({ outcome: 'unknown', words: 'none recorded' });
});

test('of a run, stored is what the file stores and recomputed what its events give', async () => {
  const accrual = (simulation: string, total: string) => ({
    simulation,
    tick: 0,
    type: 'CostAccrual',
    agent: 'A',
    details: `{"costs": {"liquidity_cost": ${total}, "total": ${total}}}`,
  });
  const details = { sender_id: 'A', receiver_id: 'B', amount: 10, deadline: 1, priority: 5 };
  const file = await writeFixture('simulation-only', {
    runs: ['wrong', 'nan'].map((id) => ({
      id,
      arrivals: 1,
      settlements: 1,
      totalCost: id === 'nan' ? 7 : 999,
    })),
    simulationEvents: [
      { simulation: 'wrong', tick: 0, type: 'Arrival', tx: 'p', details },
      accrual('wrong', '300'),
      accrual('nan', 'NaN'),
    ],
  });
  const report = await reportOf(file);
  const rows = (code: string) => check(report, code)?.rows;
  expect(rows('total-cost')).toMatchObject([
    { simulationId: 'wrong', stored: '$9.99', expected: '$3.00' },
    { simulationId: 'nan', stored: '$0.07', expected: undefined },
  ]);
  expect(rows('total-cost')?.[0]?.sentence).toMatch(/^stored \$9\.99, recomputed \$3\.00\. /);
  expect(rows('settlements')).toMatchObject([
    { simulationId: 'nan', stored: '1', expected: '0' },
    { simulationId: 'wrong', stored: '1', expected: '0' },
  ]);
});

test('cells that cannot be read are counted by column with their rows', async () => {
  const file = await writeFixture('B-V5', oneWrong, {
    statements: [
      sql`UPDATE experiment_iterations SET costs_per_agent = '{"A": 4000.5, "B": 6000}' WHERE iteration = 1`,
    ],
  });
  const report = await reportOf(file);
  expect(section(report, 'unreadable')).toMatchObject({ outcome: 'unreadable', count: 1, words: '1 cell' });
  expect(check(report, 'experiment_iterations.costs_per_agent')?.rows[0]?.sentence).toBe('Stored as 4000.5.');
  expect(report.sentence).toContain('1 stored cell cannot be read');
});

test('a missing column and money with a fraction are differences of the schema', async () => {
  const file = await writeFixture('B-V5', oneWrong, {
    statements: [
      sql`CREATE TABLE other AS SELECT * EXCLUDE (delta_sum) REPLACE (new_cost::DOUBLE AS new_cost) FROM policy_evaluations`,
      sql`DROP TABLE policy_evaluations`,
      sql`ALTER TABLE other RENAME TO policy_evaluations`,
    ],
  });
  const report = await reportOf(file);
  expect(check(report, 'schema-violations')?.rows.map(({ sentence }) => sentence)).toEqual([
    'column policy_evaluations.delta_sum is missing.',
    'column policy_evaluations.new_cost is DOUBLE: money is a whole number of cents.',
  ]);
});

test('experiments without the table of their iterations are no schema as expected', async () => {
  const file = await writeFixture('B-V5', oneWrong, { statements: [sql`DROP TABLE experiment_iterations`] });
  const report = await reportOf(file);
  expect(check(report, 'schema-violations')?.rows.map(({ sentence }) => sentence)).toContain(
    'table experiment_iterations is missing.',
  );
});

testRealFiles(['bootstrap.db'], 'every verdict follows from its samples', async (file) => {
  const report = await reportOf(file, 2);
  expect(report.sections.map(({ words }) => words)).toEqual([
    '2 of 28 checked',
    '48 of 48 follow',
    'none',
    'none',
    'as expected',
    'INV-1 holds',
  ]);
  expect(section(report, 'verdicts')?.detail).toBe('recomputed from 2,400 samples; 4 never evaluated');
});

testRealFiles(
  ['unified.db'],
  'runs not yet checked are said so, and nothing else is flagged',
  async (file) => {
    const report = await reportOf(file, 2);
    expect(report).toMatchObject({ outcome: 'not-run', words: 'Consistent so far' });
    expect(section(report, 'runs')).toMatchObject({ outcome: 'not-run', words: '2 of 29 checked', count: 0 });
    expect(section(report, 'verdicts')).toMatchObject({ outcome: 'unknown' });
    expect(section(report, 'schema')).toMatchObject({ outcome: 'ok', count: 0 });
    expect(report.sentence).toContain(
      'Of 29 recorded simulation runs, 2 are consistent, 27 were not checked.',
    );
  },
);

const real = [
  'pairwise.db',
  'bootstrap.db',
  'unified.db',
  'exp1-20251215.db',
  'exp2-20251215.db',
  'crashed.db',
  'near-deadline.db',
  'killed.db',
  'lsm4.db',
  'lsm-pairwise.db',
  'offsets.db',
  'replay.db',
  'bank-side.db',
];

for (const name of real)
  testRealFiles([name], 'nothing in it is flagged', async (file) => {
    const report = await reportOf(file, 0);
    expect(report.sections.map((one) => [one.code, one.count])).toEqual(
      ['runs', 'verdicts', 'contradictions', 'unreadable', 'schema', 'invariants'].map((code) => [code, 0]),
    );
    expect(['ok', 'not-run', 'unknown']).toContain(report.outcome);
  });
