import { expect, test } from 'vitest';

import { bootBlockingEngine } from '../engine/wasm/blockingEngine.ts';
import { agentId, experimentId, fileId } from '../lib/ids.ts';
import { ask } from '../testing/ask.ts';
import type { FixtureContent } from '../testing/fixtures/content.ts';
import { writeFixture } from '../testing/fixtures/writeFixture.ts';
import { openFixtureOn } from '../testing/openFixture.ts';
import { exchange } from './exchange.ts';
import { iterationDetail, proposalDetail } from './iterationDetail.ts';
import { unreadable } from './fileFindings.ts';

const engine = await bootBlockingEngine();
const scope = { fileId: fileId('f1'), experimentId: experimentId('exp1'), iteration: 0 };

async function detailOf(more: FixtureContent) {
  const iterations = [{ iteration: 0, costs: { A: 5000, B: 5000 }, fractions: { A: 0.5, B: 0.5 } }];
  await openFixtureOn(engine, await writeFixture('A1', { iterations, evaluations: [], ...more }));
  return ask(engine, iterationDetail, scope);
}

test('an exchange of broken JSON is kept with its text, at its agent where it names one', async () => {
  const stored = ['{"agent_id":"B", broken', '{"agent_id":"C","user_prompt":', 'nothing at all'];
  const whole = { agent_id: 'A', user_prompt: 'u', parsed_policy: null, parsing_error: 'no', model: 'm' };
  const detail = await detailOf({
    events: [whole, ...stored].map((data) => ({ iteration: 0, type: 'llm_interaction', data })),
  });
  expect(
    detail?.agents.map((agent) => [agent.agentId, agent.hasExchange, agent.unreadableExchanges]),
  ).toEqual([
    ['A', true, []],
    ['B', false, [stored[0]]],
    ['C', false, [stored[1]]],
  ]);
  expect(detail?.unreadableExchanges).toEqual([stored[2]]);
  const ofB = await ask(engine, proposalDetail, { ...scope, agentId: agentId('B') });
  expect(ofB?.unreadableExchanges).toEqual([stored[0]]);
});

test('an exchange that is broken before its end is kept with its text too', async () => {
  const rest =
    '"parsed_policy":null,"parsing_error":"no","model":"m","prompt_tokens":1,"completion_tokens":1,"latency_seconds":1}';
  const data = `{"agent_id":"A","user_prompt":"a "quote" inside",${rest}`;
  await detailOf({ events: [{ iteration: 0, type: 'llm_interaction', data }] });
  expect(await ask(engine, exchange, { ...scope, agentId: agentId('A') })).toMatchObject({
    model: 'm',
    userPrompt: undefined,
    unreadable: data,
  });
});

test('JSON that is broken in the middle or holds NaN is counted as unreadable; odd but whole JSON is not', async () => {
  const rest = '"model":"m","parsing_error":null}';
  const broken = [
    `{"agent_id":"A","user_prompt":"a "quote" inside",${rest}`,
    `{"agent_id":"A","costs":[1,2,,3],${rest}`,
    `{"agent_id":"A","costs":{"a":1,${rest}`,
    `{"agent_id":"A","costs": undefined,${rest}`,
    `{"agent_id":"A" "costs":1,${rest}`,
    `{"agent_id":"A","rate":NaN,${rest}`,
    `{"agent_id":"A","list":[1,-Infinity],${rest}`,
  ];
  const whole = [
    String.raw`{"agent_id":"A","user_prompt":"a \"quote\", a }, a ,, and \\",${rest}`,
    `{"agent_id":"A","costs":[],"nested":{},"said":"NaN, -Infinity","NaN":1,"tiny":1.5e-7,"huge":2E+9,${rest}`,
    `{ "agent_id" : "A" , "user_prompt" : "line\\n ['{" , ${rest}`,
  ];
  await detailOf({
    events: [...broken, ...whole].map((data, i) => ({ iteration: i, type: 'llm_interaction', data })),
  });
  const report = await ask(engine, unreadable, { fileId: fileId('f1') });
  const found = report.cells.filter(({ column }) => column === 'event_data');
  expect(found.map(({ stored }) => stored)).toEqual(broken);
});

test('NaN and Infinity in a policy, a proposal, samples and events of a run are counted, with their place', async () => {
  await detailOf({
    iterations: ['NaN', '0.5', '"NaN"'].map((value, iteration) => ({
      iteration,
      costs: iteration === 0 ? '{"A": NaN, "B": -Infinity}' : { A: 5000, B: 5000 },
      policies: `{"A": {"parameters": {"initial_liquidity_fraction": ${value}}}}`,
    })),
    evaluations: [
      {
        iteration: 1,
        agent: 'A',
        oldCost: 5000,
        newCost: 4000,
        accepted: true,
        proposed: '{"parameters": {"threshold": Infinity}}',
        sampleDetails: '[{"index":0,"seed":1,"old_cost":5000,"new_cost":NaN}]',
      },
    ],
    simulationEvents: ['{"total": NaN}', '{"value": -Infinity}', '{"name": "Infinity"}'].map(
      (details, tick) => ({
        simulation: 'run',
        tick,
        type: 'CostAccrual',
        details,
      }),
    ),
  });
  const report = await ask(engine, unreadable, { fileId: fileId('f1') });
  expect(
    report.cells.map(({ table, column, rowKey }) => [table, column, rowKey.iteration ?? rowKey.tick]),
  ).toEqual([
    ['policy_evaluations', 'proposed_policy', '1'],
    ['policy_evaluations', 'sample_details', '1'],
    ['experiment_iterations', 'costs_per_agent', '0'],
    ['experiment_iterations', 'costs_per_agent', '0'],
    ['experiment_iterations', 'policies', '0'],
    ['simulation_events', 'details', '0'],
    ['simulation_events', 'details', '1'],
  ]);
});

test('samples that cannot be read are counted and kept as stored; a list that is none is one of them', async () => {
  const pair = '{"index":0,"seed":1,"old_cost":5000,"new_cost":4000,"delta":1000}';
  const odd = '{"index":1,"seed":2,"old_cost":5000,"new_cost":NaN,"delta":NaN}';
  const evaluation = { iteration: 0, oldCost: 5000, newCost: 4000, accepted: true, numSamples: 2 };
  const detail = await detailOf({
    evaluations: [
      { ...evaluation, agent: 'A', sampleDetails: `[${pair},${odd}]` },
      { ...evaluation, agent: 'B', sampleDetails: `[${pair},` },
      { ...evaluation, agent: 'C', sampleDetails: 'null' },
    ],
  });
  expect(
    detail?.agents.map(({ samples, unreadableSamples }) => [samples.length, unreadableSamples.length]),
  ).toEqual([
    [1, 1],
    [0, 1],
    [0, 0],
  ]);
  expect(detail?.agents[0]?.unreadableSamples[0]).toContain('NaN');
});
