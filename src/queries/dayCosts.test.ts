import { beforeAll, describe, expect, test } from 'vitest';

import { lastDayWords } from '../domain/days.ts';
import { bootBlockingEngine, type BlockingEngine } from '../engine/wasm/blockingEngine.ts';
import { experimentId, fileId } from '../lib/ids.ts';
import { ask } from '../testing/ask.ts';
import type { FixtureContent, FixtureSimulationEvent } from '../testing/fixtures/content.ts';
import type { FixtureLayout } from '../testing/fixtures/layouts.ts';
import { writeFixture } from '../testing/fixtures/writeFixture.ts';
import { openFixtureOn } from '../testing/openFixture.ts';
import { describeRealFile } from '../testing/realFile.ts';
import { contradictions, dayCosts } from './fileFindings.ts';

let engine: BlockingEngine;
beforeAll(async () => {
  engine = await bootBlockingEngine();
});

const file = fileId('f1');
const run = 'exp1-sim-001-eval';
const mode = { config: { evaluation: { mode: 'deterministic-pairwise', ticks: 2, num_samples: 1 } } };

/** An accrual of so many cents in each tick from 0, by agent. */
function accruals(byAgent: Readonly<Record<string, readonly number[]>>, id = run): FixtureSimulationEvent[] {
  return Object.entries(byAgent).flatMap(([agent, costs]) =>
    costs.map((total, tick) => ({
      simulation: id,
      tick,
      type: 'CostAccrual',
      agent,
      details: { costs: { delay_cost: total, total } },
    })),
  );
}

/** One iteration with one run of two ticks a day; its row claims one day, as the original's does. */
function content(
  costs: Readonly<Record<string, number>>,
  totalCost: number,
  simulationEvents: readonly FixtureSimulationEvent[],
  more: Partial<NonNullable<FixtureContent['runs']>[number]> = {},
): FixtureContent {
  return {
    experiments: [{ id: 'exp1', ...mode }],
    iterations: [{ iteration: 0, costs }],
    runs: [{ id: run, experiment: 'exp1', iteration: 0, totalCost, purpose: 'evaluation', ...more }],
    simulationEvents,
  };
}

/** What is said of the run, of the iteration, and of each of its agents. */
async function wordsOf(given: FixtureContent, layout: FixtureLayout = 'B-V5', withEvents = true) {
  await openFixtureOn(engine, await writeFixture(layout, given));
  const { runs, experiments } = await ask(engine, dayCosts, { fileId: file, withEvents });
  const days = experiments.get(experimentId('exp1'));
  const found = days?.iterations.get(0);
  expect([days?.first, days?.final, days?.best]).toEqual([found?.total, found?.total, found?.total]);
  return {
    runs: [...runs.values()].map(lastDayWords),
    total: found?.total && lastDayWords(found.total),
    agents: Object.fromEntries([...(found?.agents ?? [])].map(([id, only]) => [id, lastDayWords(only)])),
  };
}

const nothing = { runs: [], total: undefined, agents: {} };

describe('the cost of an iteration', () => {
  test('of two days of the original is that of the last, and all days are summed beside it', async () => {
    const given = content({ A: 300 }, 300, accruals({ A: [100, 200, 100, 200] }));
    expect(await wordsOf(given)).toEqual({
      runs: ['last day only; $6.00 over both days'],
      total: 'last day only; $6.00 over both days',
      agents: { A: 'last day only; $6.00 over both days' },
    });
  });

  test('of three days, by agent: one that was charged on the last day alone has nothing left out', async () => {
    const events = accruals({ A: [100, 0, 200, 0, 400, 0], B: [0, 0, 0, 0, 0, 50] });
    for (const layout of ['B-V5', 'A1'] as const) {
      expect(await wordsOf(content({ A: 400, B: 50 }, 450, events), layout)).toEqual({
        runs: ['last day only; $7.50 over all 3 days'],
        total: 'last day only; $7.50 over all 3 days',
        agents: { A: 'last day only; $7.00 over all 3 days' },
      });
    }
  });

  test('that sums all days has nothing left out, whoever made the run', async () => {
    const events = accruals({ A: [100, 200, 100, 200] });
    expect(await wordsOf(content({ A: 600 }, 600, events))).toEqual(nothing);
    expect(await wordsOf(content({ A: 600 }, 600, events, { isLab: true }), 'A1')).toEqual(nothing);
  });

  test('of one day, of the mean of samples, or of no sum of its run is not spoken of', async () => {
    expect(await wordsOf(content({ A: 300 }, 300, accruals({ A: [100, 200] })))).toEqual(nothing);
    const days = accruals({ A: [100, 200, 100, 200] });
    expect(await wordsOf(content({ A: 123 }, 124, days))).toEqual(nothing);
    const bootstrap = { id: 'exp1', config: { evaluation: { mode: 'bootstrap', num_samples: 5 } } };
    const sampled = { ...content({ A: 300 }, 300, days), experiments: [bootstrap] };
    expect(await wordsOf(sampled)).toEqual({ ...nothing, runs: ['last day only; $6.00 over both days'] });
  });

  test('of a run whose accruals are not stored, cannot be read or are not asked for: by its claimed days', async () => {
    const claimed = { configJson: { simulation: { ticks_per_day: 2, num_days: 2 } } };
    const only = 'last day only, of 2';
    const said = { runs: [only], total: only, agents: { A: only } };
    expect(await wordsOf(content({ A: 300 }, 300, [], claimed))).toEqual(said);
    const broken = accruals({ A: [100, 200, 100, 200] }).map((event) =>
      event.tick === 1 ? { ...event, details: '{"costs": {"total": NaN}}' } : event,
    );
    expect(await wordsOf(content({ A: 300 }, 300, broken))).toEqual(said);
    const whole = content({ A: 300 }, 300, accruals({ A: [100, 200, 100, 200] }), claimed);
    expect(await wordsOf(whole, 'B-V5', false)).toEqual(said);
    expect(await wordsOf(content({ A: 300 }, 300, [], { numDays: 2, isLab: true }), 'A1')).toEqual(nothing);
  });

  test('agrees with its run where each is the sum of the last or of all days, and contradicts it otherwise', async () => {
    const events = accruals({ A: [100, 200, 100, 200] });
    const codesOf = async (cost: number, total: number) => {
      await openFixtureOn(engine, await writeFixture('B-V5', content({ A: cost }, total, events)));
      const [answer] = await ask(engine, contradictions, { fileId: file });
      return answer?.found.map(({ code }) => code);
    };
    expect(await codesOf(300, 300)).toEqual([]);
    expect(await codesOf(600, 300)).toEqual([]);
    expect(await codesOf(301, 300)).toEqual(['run-cost']);
  });
});

describe('a run outside experiments', () => {
  test('is told apart by its own total, a length that nobody can mean is left aside', async () => {
    const events = accruals({ A: [1, 1, 1, 1] }, 'alone');
    const given = { experiments: [], runs: [{ id: 'alone', totalCost: 2 }], simulationEvents: events };
    expect((await wordsOf(given)).runs).toEqual(['last day only; $0.04 over both days']);
    const far = { ...given, simulationEvents: events.map((event) => ({ ...event, tick: 2_147_483_647 })) };
    expect((await wordsOf(far)).runs).toEqual([]);
  });
});

describeRealFile('bank-side.db', (path) => {
  test('runs of two and three days from the command line store the cost of all of them', async () => {
    await openFixtureOn(engine, path);
    const { runs } = await ask(engine, dayCosts, { fileId: file, withEvents: true });
    expect([...runs]).toEqual([]);
    expect([...(await ask(engine, dayCosts, { fileId: file, withEvents: false })).runs]).toEqual([]);
  });
});
