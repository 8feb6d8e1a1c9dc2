import { sql } from '../lib/sql.ts';
import { beforeAll, describe, expect, test } from 'vitest';

import type { Engine } from '../engine/engine.ts';
import { queryRows, int, text } from '../engine/rows.ts';
import { seedDigests, seedOfDigest } from '../domain/linkRuns.ts';
import { agentId, experimentId, fileId } from '../lib/ids.ts';
import type { ExperimentDetail } from '../domain/experiment/normalised.ts';
import { ask } from '../testing/ask.ts';
import { policyWithFraction } from '../testing/fixtures/defaults.ts';
import { writeFixture } from '../testing/fixtures/writeFixture.ts';
import { openFixture } from '../testing/openFixture.ts';
import { experimentDetail } from './experimentDetail.ts';
import { iterationDetail } from './iterationDetail.ts';
import { listDetails, listDetailsCheap } from './listDetails.ts';

let engine: Engine;
const seeds = { A: [1088125515, 8987875, 529213769], B: [747645807, 31030725] };

function asked(iteration: number, agent: string, fraction: number | string, experiment = 'e') {
  const failed = typeof fraction === 'string';
  const data = {
    agent_id: agent,
    system_prompt: 's',
    user_prompt: 'u',
    raw_response: 'r',
    parsed_policy: failed ? null : policyWithFraction(fraction),
    parsing_error: failed ? fraction : null,
    model: 'm',
    prompt_tokens: 1,
    completion_tokens: 1,
    latency_seconds: 1,
  };
  return { experiment, iteration, type: 'llm_interaction', data };
}

function ran(id: string, seed: number, iteration = 0, more = {}) {
  const data = { simulation_id: id, purpose: 'eval', seed, ticks: 2, total_cost: 1, num_events: 1, ...more };
  return { iteration, type: 'simulation_run', data };
}

beforeAll(async () => {
  const temporal = await writeFixture('B-V5', {
    experiments: [{ id: 'e' }, { id: 'paired' }],
    iterations: [
      { iteration: 0, costs: { BANK_A: 10, BANK_B: 10 }, fractions: { BANK_A: 0.5, BANK_B: 0.5 } },
      { iteration: 1, costs: { BANK_A: 9, BANK_B: 10 }, fractions: { BANK_A: 0.4, BANK_B: 0.5 } },
      { iteration: 2, costs: { BANK_A: 9, BANK_B: 10 }, fractions: { BANK_A: 0.4, BANK_B: 0.5 } },
      { experiment: 'paired', iteration: 0, costs: { BANK_A: 10 } },
    ],
    events: [
      asked(0, 'BANK_A', 0.4),
      asked(0, 'BANK_B', 0.6),
      asked(1, 'BANK_A', 'no JSON'),
      asked(1, 'BANK_B', 0.5),
      asked(2, 'BANK_A', 0.3),
      asked(2, 'BANK_B', 'no JSON'),
      ran('e-sim-001-eval', seeds.A[0] ?? 0, 0, { events: [{ event_type: 'Arrival', seed: 5 }] }),
      ran('e-sim-004-eval', seeds.A[1] ?? 0),
    ],
    evaluations: [
      { experiment: 'paired', iteration: 0, agent: 'BANK_A', oldCost: 10, newCost: 9, accepted: true },
    ],
    runs: [
      { id: 'e-sim-001-eval', experiment: 'e', seed: 0 },
      { id: 'e-sim-002-eval', experiment: 'e', seed: 0, iteration: 0 },
      { id: 'e-sim-004-eval', experiment: 'e', seed: 0 },
      { id: 'e-sim-007-eval', experiment: 'e', seed: 0 },
      { id: 'e-sim-010-eval', experiment: null },
      { id: 'e2-sim-001-eval', experiment: null },
    ],
  });
  const odd = await writeFixture('A1', {
    experiments: [{ id: 'e' }],
    iterations: [
      { iteration: 0, costs: { A: 5_000_000_000, B: 1, C: 2 }, accepted: { A: true, B: false, C: {} } },
      {
        iteration: 1,
        costs: { A: 4, B: 1, C: 2 },
        policies:
          '{"A": {"parameters": {"x": 0.15000000000000002, "bad": NaN}}, "C": {"initial_liquidity_fraction": 0.3}, "B": {"parameters": {}}}',
      },
      { iteration: 2, costs: { A: 4, B: 1 }, policies: 'not JSON' },
      { iteration: 5, costs: { A: 4, B: 1, C: 2 } },
    ],
    events: [
      {
        iteration: 0,
        type: 'policy_change',
        data: {
          agent_id: 'C',
          accepted: false,
          old_cost: 7,
          new_cost: 9,
          new_policy: policyWithFraction(0.9),
        },
      },
      {
        iteration: 1,
        type: 'policy_rejected',
        data: {
          agent_id: 'A',
          proposed_policy: policyWithFraction(0.8),
          validation_errors: ['no tree', 'no id'],
          rejection_reason: 'validation_failed',
        },
      },
      {
        iteration: 1,
        type: 'policy_rejected',
        data: {
          agent_id: 'B',
          proposed_policy: policyWithFraction(0.7),
          validation_errors: [],
          rejection_reason: 'cost_not_improved',
          old_cost: 1,
          new_cost: 3,
        },
      },
    ],
  });
  ({ engine } = await openFixture(temporal, odd));
});

const scope = (file: string, id = 'e') => ({ fileId: fileId(file), experimentId: experimentId(id) });
const outline = (detail: ExperimentDetail | undefined) =>
  detail?.proposals.map((p) => {
    const parameter = p.parameters.get('initial_liquidity_fraction') ?? '-';
    return `${p.iteration} ${p.agentId} ${parameter} ${p.verdict} (${p.verdictSource}) ${p.reason ?? ''}`.trim();
  });

test('an empty evaluation table, other runs filled: decided per run, from the next rows (11.22, 0.1)', async () => {
  expect(outline(await ask(engine, experimentDetail, scope('f1')))).toEqual([
    '0 BANK_A 0.4 accepted (derived from the next iteration)',
    '0 BANK_B 0.6 rejected (derived from the next iteration)',
    '1 BANK_A - invalid (exchange) no JSON',
    '1 BANK_B 0.5 no_change (derived from the next iteration)',
    '2 BANK_A 0.3 pending (no next iteration)',
    '2 BANK_B - invalid (exchange) no JSON',
  ]);
  expect(outline(await ask(engine, experimentDetail, scope('f1', 'paired')))).toEqual([
    '0 BANK_A 0.4 accepted (evaluation row) passed: delta_sum > 0',
  ]);
});

test('events and true flags speak where there are no evaluations; objects as flags say nothing (9.4, 2.4)', async () => {
  const detail = await ask(engine, experimentDetail, scope('f2'));
  expect(outline(detail)).toEqual([
    '0 A - accepted (accepted_changes)',
    '0 B - accepted (derived from the next iteration)',
    '0 C 0.9 rejected (event)',
    '1 A 0.8 invalid (event) no tree; no id',
    '1 B 0.7 rejected (event) cost_not_improved',
  ]);
  expect(detail?.proposals[2]).toMatchObject({ oldCostCents: 7n, newCostCents: 9n });
});

test('rows keep their gaps, totals need every agent, costs exceed 32 bits (0.12, 9.3)', async () => {
  const rows = (await ask(engine, experimentDetail, scope('f2')))?.iterations ?? [];
  expect(rows.map((row) => [row.iteration, row.totalCents])).toEqual([
    [0, 5_000_000_003n],
    [1, 7n],
    [2, undefined],
    [5, 7n],
  ]);
});

test('parameters are open maps per agent; NaN is none, an unreadable text has none (11.14, 11.19)', async () => {
  const detail = await ask(engine, experimentDetail, scope('f2'));
  expect(detail?.agents).toEqual(['A', 'B', 'C']);
  const parameters = detail?.iterations[1]?.parameters;
  expect([...(parameters?.get(agentId('A')) ?? [])]).toEqual([['x', 0.15000000000000002]]);
  expect([...(parameters?.get(agentId('C')) ?? [])]).toEqual([['initial_liquidity_fraction', 0.3]]);
  expect(detail?.iterations[2]?.parameters.size).toBe(0);
});

test('no such experiment', async () => {
  expect(await ask(engine, experimentDetail, scope('f1', 'missing'))).toBeUndefined();
  expect(await ask(engine, experimentDetail, scope('f3'))).toBeUndefined();
});

describe('runs', () => {
  test('by seed, by order, and not disturbed by a stored pair comparison (3.6)', async () => {
    const runs = (await ask(engine, experimentDetail, scope('f1')))?.runs;
    expect(runs?.map((run) => `${run.simulationId} ${run.iteration} ${run.linkedBy} ${run.seed}`)).toEqual([
      'e-sim-001-eval 0 seed 1088125515',
      'e-sim-002-eval 0 column undefined',
      'e-sim-004-eval 1 seed 8987875',
      'e-sim-007-eval 2 order undefined',
      'e-sim-010-eval 3 order undefined',
    ]);
  });

  test('iteration seeds are those of the test vectors (4.4)', async () => {
    const seedsOf = async (agent: string, last: number) => {
      const statement = seedDigests('42', agentId(agent), last, sql`SELECT 0 AS iteration WHERE false`);
      const rows = await queryRows(engine, statement, { iteration: int, digest: text });
      return rows.map(({ digest }) => Number(seedOfDigest(digest)));
    };
    expect(await seedsOf('BANK_A', 2)).toEqual(seeds.A);
    expect(await seedsOf('BANK_B', 1)).toEqual(seeds.B);
  });
});

describe('one iteration', () => {
  test('says the same as the experiment, with texts as stored and neighbours over gaps', async () => {
    const detail = await ask(engine, iterationDetail, { ...scope('f2'), iteration: 1 });
    expect(detail).toMatchObject({
      previousIteration: 0,
      nextIteration: 2,
      lastIteration: 5,
      totalCents: 7n,
    });
    expect(detail?.agents.map((a) => [a.agentId, a.proposal?.verdict, a.policyInForce])).toEqual([
      ['A', 'invalid', '{"parameters": {"x": 0.15000000000000002, "bad": NaN}}'],
      ['C', undefined, '{"initial_liquidity_fraction": 0.3}'],
      ['B', 'rejected', '{"parameters": {}}'],
    ]);
    expect(detail?.agents[2]?.proposedPolicy).toMatch('"initial_liquidity_fraction":0.7');
    expect((await ask(engine, iterationDetail, { ...scope('f2'), iteration: 2 }))?.nextIteration).toBe(5);
    expect(await ask(engine, iterationDetail, { ...scope('f2'), iteration: 3 })).toBeUndefined();
  });

  test('an acceptance seen in the next row shows the policy of that row; runs stand beside', async () => {
    const detail = await ask(engine, iterationDetail, { ...scope('f1'), iteration: 0 });
    const [bankA, bankB] = detail?.agents ?? [];
    expect(bankA).toMatchObject({ hasExchange: true, samples: [], evaluation: undefined });
    expect(bankA?.proposedPolicy).toMatch(/"initial_liquidity_fraction":\s*0.4/);
    expect(bankB?.proposedPolicy).toMatch(/"initial_liquidity_fraction":\s*0.6/);
    expect(detail?.runs.map((run) => run.simulationId)).toEqual(['e-sim-001-eval', 'e-sim-002-eval']);
  });
});

test('counts for the list: all verdicts, or evaluation rows and what is left', async () => {
  const exact = await ask(engine, listDetails, { fileId: fileId('f1') });
  expect(exact.map(({ experimentId: id, counts, models }) => [id, counts, models])).toEqual([
    ['e', { accepted: 1, rejected: 1, noChange: 1, invalid: 2, pending: 1 }, ['m']],
    ['paired', { accepted: 1, rejected: 0, noChange: 0, invalid: 0, pending: 0 }, []],
  ]);
  const cheap = await ask(engine, listDetailsCheap, { fileId: fileId('f1') });
  expect(cheap.map(({ counts, models, notExamined }) => [counts.accepted, models, notExamined])).toEqual([
    [0, undefined, 6],
    [1, undefined, 0],
  ]);
});
