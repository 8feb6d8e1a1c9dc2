import { beforeAll, describe, expect, test } from 'vitest';

import { contradictionSentence, subjectWords } from '../domain/contradictions/sentences.ts';
import { bootBlockingEngine, type BlockingEngine } from '../engine/wasm/blockingEngine.ts';
import { sql, type Sql } from '../lib/sql.ts';
import { fileId } from '../lib/ids.ts';
import { ask } from '../testing/ask.ts';
import type { FixtureContent, FixtureEvaluation } from '../testing/fixtures/content.ts';
import type { FixtureLayout } from '../testing/fixtures/layouts.ts';
import { policyWithFraction } from '../testing/fixtures/defaults.ts';
import { writeFixture } from '../testing/fixtures/writeFixture.ts';
import { openFixtureOn } from '../testing/openFixture.ts';
import { contradictions } from './fileFindings.ts';
import { experimentList } from './experimentList.ts';
import { iterationDetail } from './iterationDetail.ts';

let engine: BlockingEngine;
beforeAll(async () => {
  engine = await bootBlockingEngine();
});

/** `code subject: sentence` of every contradiction of a file. */
async function linesOf(
  content: FixtureContent,
  layout: FixtureLayout = 'B-V5',
  statements: readonly Sql[] = [],
): Promise<string[]> {
  await openFixtureOn(engine, await writeFixture(layout, content, { statements }));
  const answers = await ask(engine, contradictions, { fileId: fileId('f1') });
  return answers.flatMap(({ found }) =>
    found.map((one) => `${one.code} ${subjectWords(one.subject)}: ${contradictionSentence(one)}`),
  );
}

const passed = 'passed: delta_sum > 0';
const worse = 'delta_sum ≤ 0';
const pairs = (...costs: (readonly [number, number])[]) =>
  JSON.stringify(
    costs.map(([oldCost, newCost], index) => ({
      index,
      seed: 100 + index,
      old_cost: oldCost,
      new_cost: newCost,
      delta: oldCost - newCost,
    })),
  );

function judged(more: Partial<FixtureEvaluation>): FixtureContent {
  return {
    iterations: [{ iteration: 0, costs: { A: 5000 } }],
    evaluations: [
      {
        iteration: 0,
        agent: 'A',
        oldCost: 5000,
        newCost: 4000,
        accepted: true,
        reason: passed,
        settlementRate: 1,
        ...more,
      },
    ],
  };
}

describe('a proposal', () => {
  test('that agrees with itself is no contradiction, nor one whose costs are floored means', async () => {
    expect(await linesOf(judged({}))).toEqual([]);
    const rounded = { oldCost: 16932, newCost: 15119, deltaSum: 90609, numSamples: 50, mode: 'bootstrap' };
    expect(await linesOf(judged({ ...rounded, settlementRate: null }))).toEqual([]);
  });

  test('one cent in a single comparison is one too many; over samples rounding explains a cent each, never $2.80', async () => {
    expect(await linesOf(judged({ deltaSum: 999 }))).toEqual([
      'delta-costs iteration 0, A: The delta is stored as $9.99; old minus new cost is $10.00.',
    ]);
    const sampled = { oldCost: 1000, newCost: 900, numSamples: 5, mode: 'bootstrap' };
    expect(await linesOf(judged({ ...sampled, deltaSum: 504 }))).toEqual([]);
    expect(await linesOf(judged({ ...sampled, deltaSum: 505 }))).toHaveLength(1);
  });

  test('whose delta has the other sign than its costs is contradicted, and its verdict does not follow', async () => {
    expect(await linesOf(judged({ newCost: 15000, deltaSum: 10000 }))).toEqual([
      'delta-costs iteration 0, A: The delta is stored as $100.00; old minus new cost is −$100.00.',
      'verdict-rules iteration 0, A: The verdict does not follow: accepted though not cheaper.',
    ]);
  });

  test('accepted though dearer, also of negative and of no cost', async () => {
    const line = 'verdict-rules iteration 0, A: The verdict does not follow: accepted though not cheaper.';
    expect(await linesOf(judged({ oldCost: 1000, newCost: 2000 }))).toEqual([line]);
    expect(await linesOf(judged({ oldCost: 0, newCost: 700 }))).toEqual([line]);
    expect(await linesOf(judged({ oldCost: -6000, newCost: -5500 }))).toEqual([line]);
    expect(await linesOf(judged({ oldCost: 1000, newCost: 1000 }))).toEqual([line]);
  });

  test('rejected though cheaper on every sample, and accepted for the reason of a rejection', async () => {
    const sampleDetails = pairs([1000, 900], [1000, 900]);
    const sampled = { oldCost: 1000, newCost: 900, deltaSum: 200, numSamples: 2, sampleDetails };
    expect(await linesOf(judged({ ...sampled, accepted: false, reason: worse }))).toEqual([
      'verdict-rules iteration 0, A: The verdict does not follow: rejected as not cheaper, yet it is cheaper.',
    ]);
    expect(await linesOf(judged({ reason: worse }))).toEqual([
      'verdict-rules iteration 0, A: The verdict does not follow: the stored reason is that of the other verdict.',
    ]);
  });

  test('whose summary is not that of its samples', async () => {
    const sampleDetails = pairs([1000, 900], [1000, 1500]).replace('"delta":-500', '"delta":500');
    const found = await linesOf(
      judged({ oldCost: 1001, newCost: 1140, deltaSum: 400, numSamples: 3, sampleDetails, costStdDev: 424 }),
    );
    expect(found.map((line) => line.replace(' iteration 0, A', ''))).toEqual([
      'delta-costs: The sum of the deltas is stored as $4.00; old minus new cost over 3 samples is −$4.17, more than rounding explains.',
      'samples-count: 3 samples are stored in the summary; the file holds 2.',
      'samples-sum: The sum of the deltas is stored as $4.00; the samples give −$4.00.',
      'samples-old-cost: The old cost is stored as $10.01; the samples give $10.00.',
      'samples-new-cost: The new cost is stored as $11.40; the samples give $12.00.',
      'sample-delta: The delta of 1 of 2 samples is not their old minus new cost.',
      'verdict-rules: The verdict does not follow: accepted though not cheaper.',
    ]);
  });

  test('whose settlement rate is no number was not tested on the floor; its reason must name its rate', async () => {
    expect(
      await linesOf(judged({}), 'B-V5', [sql`UPDATE policy_evaluations SET settlement_rate = 'NaN'::DOUBLE`]),
    ).toEqual([
      'settlement-rate iteration 0, A: The settlement rate is stored as nan, which is no number: the settlement floor cannot be tested.',
    ]);
    const below = (settlementRate: number) =>
      linesOf(
        judged({
          accepted: false,
          settlementRate,
          reason: 'Settlement rate 66.7% below minimum 95%. Policy rejected.',
        }),
      );
    expect(await below(2 / 3)).toEqual([]);
    expect(await below(0.7)).toEqual([
      'reason-numbers iteration 0, A: The reason says 0.667; the row stores 0.7.',
    ]);
  });

  test('with two evaluation rows: both are named, whichever comes first in the file', async () => {
    const iterations = [
      { iteration: 0, costs: { A: 5000 }, fractions: { A: 0.5 } },
      { iteration: 1, costs: { A: 4000 }, fractions: { A: 0.4 } },
    ];
    // Beside the first one a rejection, above or below it.
    const withSecond = (order: Sql) => [
      sql`CREATE TABLE rows AS FROM policy_evaluations`,
      sql`DROP TABLE policy_evaluations`,
      sql`CREATE TABLE policy_evaluations AS SELECT * REPLACE (7 AS scenario_seed) FROM rows
        UNION ALL SELECT * REPLACE (9000 AS new_cost, 8 AS scenario_seed,
        -4000 AS delta_sum, false AS accepted, ${worse} AS acceptance_reason) FROM rows ORDER BY ${order}`,
      sql`DROP TABLE rows`,
    ];
    for (const order of [sql`new_cost`, sql`new_cost DESC`]) {
      const content = {
        iterations,
        evaluations: judged({ proposed: policyWithFraction(0.4) }).evaluations ?? [],
      };
      expect(await linesOf(content, 'B-V5', withSecond(order))).toEqual([
        'duplicate-evaluation iteration 0, A: 2 evaluation rows are stored for this proposal: accepted, $50.00 to $40.00; rejected, $50.00 to $90.00. They contradict each other; every number shown is that of the first.',
      ]);
      // The page of the iteration has samples, mode and seed of the same row.
      const [summary] = await ask(engine, experimentList, { fileId: fileId('f1') });
      if (summary === undefined) throw new Error('no experiment');
      const { experimentId } = summary;
      const detail = await ask(engine, iterationDetail, { fileId: fileId('f1'), experimentId, iteration: 0 });
      expect(detail?.agents.map(({ evaluation }) => evaluation?.scenarioSeed)).toEqual(['7']);
    }
  });
});

describe('an experiment', () => {
  const rows = (...numbers: number[]) =>
    numbers.map((iteration) => ({ iteration, costs: { A: 5000 - iteration } }));

  test('with a gap, and one that counts from 1', async () => {
    expect(await linesOf({ iterations: rows(0, 1, 4, 5) })).toEqual([
      'iteration-gap the experiment: 4 stored of iterations 0 to 5; 2 and 3 missing.',
    ]);
    expect(await linesOf({ iterations: rows(1, 2, 3) })).toEqual([]);
    expect(await linesOf({ iterations: rows(0, 1_000_000_000) })).toEqual([
      'iteration-gap the experiment: 2 stored of iterations 0 to 1000000000; 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 and 999,999,979 more missing.',
    ]);
  });

  test('whose counter, flag or seed say something else', async () => {
    const experiment = (more: object) => ({ experiments: [{ id: 'e', ...more }], iterations: rows(0, 1) });
    expect(await linesOf(experiment({ numIterations: 9 }))).toEqual([
      'iteration-count the experiment: The stored counter says 9 iterations; 2 are stored.',
    ]);
    expect(await linesOf(experiment({ completedAt: null, numIterations: 0 }))).toEqual([]);
    expect(await linesOf(experiment({ converged: true, reason: 'Max iterations reached (2)' }))).toEqual([]);
    expect(
      await linesOf(
        experiment({ converged: false, reason: 'Stability achieved (5 consecutive stable iterations)' }),
      ),
    ).toEqual([
      'converged-reason the experiment: It is stored as not converged; the stored reason is “Stability achieved (5 consecutive stable iterations)”.',
    ]);
  });

  test('whose stored final and best cost are not those of its iterations (layout A)', async () => {
    const costs = (finalCost: number, bestCost: number, config = {}) =>
      linesOf(
        {
          experiments: [{ id: 'e', finalCost, bestCost, config }],
          iterations: [
            { iteration: 0, costs: { A: 5000, B: 5000 } },
            { iteration: 1, costs: { A: 2000, B: 1001 } },
            { iteration: 2, costs: { A: 2000, B: 2001 } },
          ],
        },
        'A1',
      );
    expect(await costs(4001, 3001)).toEqual([]);
    expect(await costs(4000, 2999)).toEqual([
      'final-cost the experiment: The final cost is stored as $40.00; the last iteration sums to $40.01.',
      'best-cost the experiment: The best cost is stored as $29.99; the lowest sum of an iteration is $30.01.',
    ]);
    // The metric of bootstrap mode is the mean per agent.
    expect(await costs(2000, 1500, { evaluation: { mode: 'bootstrap' } })).toEqual([]);
  });
});

describe('a run', () => {
  const run = { id: 'exp1-sim-001-eval', experiment: 'exp1', totalCost: 9000, seed: 0, ticksPerDay: 2 };
  const content = (seed: number, announced: number, mode = 'deterministic'): FixtureContent => ({
    experiments: [{ id: 'exp1', config: { evaluation: { mode } } }],
    iterations: [0, 1].map((iteration) => ({ iteration, costs: { A: 5000, B: 5000 } })),
    events: [
      {
        iteration: 1,
        type: 'simulation_run',
        data: { simulation_id: run.id, purpose: 'eval', seed: 7, num_events: announced },
      },
    ],
    runs: [{ ...run, seed }],
    simulationEvents: [{ simulation: run.id, tick: 0, type: 'Arrival' }],
  });

  test('against the iteration it belongs to, its event and its seed', async () => {
    expect(await linesOf(content(8, 2))).toEqual([
      `run-cost iteration 1, run ${run.id}: The costs of the iteration sum to $100.00; its run stores a total of $90.00.`,
      `run-events iteration 1, run ${run.id}: 2 events are announced for the run; 1 are stored.`,
      `run-seed iteration 1, run ${run.id}: The run stores the seed 8; its event names 7.`,
    ]);
  });

  test('a seed of 0 stands for none, and in bootstrap mode a run is one of many', async () => {
    expect(await linesOf(content(0, 1, 'bootstrap'))).toEqual([]);
  });

  test('of several days is not held against the cost of its last day', async () => {
    const several = content(0, 1);
    const late = [{ simulation: run.id, tick: 2, type: 'Arrival', day: 1 }];
    expect(await linesOf({ ...several, simulationEvents: late })).toEqual([]);
  });
});
