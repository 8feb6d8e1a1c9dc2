import { beforeAll, expect, test } from 'vitest';

import type { Engine } from '../engine/engine.ts';
import { sql } from '../lib/sql.ts';
import { agentId, experimentId, fileId } from '../lib/ids.ts';
import { ask } from '../testing/ask.ts';
import { writeFixture } from '../testing/fixtures/writeFixture.ts';
import { firstFile, openFixture } from '../testing/openFixture.ts';
import { exchange } from './exchange.ts';
import { exchangeHeads, unexaminedExchangeHeads, type ExchangeHead } from './exchangeHeads.ts';
import { exchangeUse } from './exchangeUse.ts';

const tail =
  '"parsing_error": null, "model": "m", "prompt_tokens": 3, "completion_tokens": 2, "latency_seconds": 0.5';
/** Raw JSON text of one event each, by what is odd about it. */
const texts = {
  usual: `{"agent_id": "A", "system_prompt": "s", "user_prompt": "u", "raw_response": "r", "parsed_policy": {"x": 1}, ${tail}}`,
  compact: `{"agent_id":"A","system_prompt":"s","parsed_policy":{"x":2},"parsing_error":null,"model":"m","prompt_tokens":3,"completion_tokens":2,"latency_seconds":0.5}`,
  reordered: `{${tail}, "parsed_policy": {"x": 3}, "system_prompt": "s", "agent_id": "A"}`,
  errorFirst: `{"parsing_error": "bad", "agent_id": "A", "parsed_policy": null, "model": "m", "prompt_tokens": 3, "completion_tokens": 2, "latency_seconds": 0.5}`,
  nested: `{"agent_id": "A", "meta": {"parsed_policy": {"x": 99}, "agent_id": "Z"}, "parsed_policy": {"x": 4, "agent_id": "Y", "model": "inner", "parsed_policy": {"deep": 1}}, ${tail}}`,
  nestedLast: `{"agent_id": "A", "parsed_policy_": 0, ${tail}, "meta": {"parsed_policy": {"x": 99}}}`,
  quoted: `{"agent_id": "A", "system_prompt": "say \\"agent_id\\": \\"Z\\", \\"parsed_policy\\": {\\"x\\": 99}, \\"model\\": \\"z\\"", "parsed_policy": {"x": 5}, ${tail}}`,
  agentAfterPrompt: `{"system_prompt": "{ \\"agent_id\\": \\"Z\\" }", "agent_id": "A", "parsed_policy": {"x": 6}, ${tail}}`,
  spaced: `{ "agent_id" : "A" , "parsed_policy" : {"x": 7}, ${tail} }`,
  notANumber: `{"agent_id": "A", "parsed_policy": {"x": NaN}, "parsing_error": null, "model": "m", "prompt_tokens": 3, "completion_tokens": 2, "latency_seconds": NaN}`,
  escapedName: `{"agent_id": "Z\\u00fcri \\"1\\"", "parsed_policy": {"x": 8}, ${tail}}`,
  sparse: `{"agent_id": "A", "parsed_policy": {"x": 9}}`,
} as const;
const broken = {
  truncated: '{"agent_id": "A", "parsed_policy": {"x": ',
  list: '["agent_id"]',
  noAgent: `{${tail}}`,
};

let engine: Engine;
const names = [...Object.keys(texts), ...Object.keys(broken)];
const heads = { policy: [] as ExchangeHead[], use: [] as ExchangeHead[] };

beforeAll(async () => {
  const odd = [...Object.values(texts), ...Object.values(broken)];
  const path = await writeFixture('B-V4', {
    experiments: [{ id: 'e' }, { id: 'other' }],
    iterations: [{ iteration: 0, costs: { A: 1 } }],
    // A1 keeps any text; the JSON type of B would refuse the broken ones.
    events: [
      { iteration: 0, type: 'llm_interaction', data: texts.usual },
      { iteration: 0, type: 'llm_interaction', data: texts.usual.replace('"A"', '"B"') },
      { iteration: 1, type: 'llm_interaction', data: texts.usual },
      { iteration: 1, type: 'llm_interaction', data: texts.usual.replace('"A"', '"B"') },
    ],
    evaluations: [
      { iteration: 0, agent: 'A', oldCost: 2, newCost: 1, accepted: true },
      { iteration: 0, agent: 'B', oldCost: 2, newCost: 1, accepted: true },
      { iteration: 1, agent: 'A', oldCost: 2, newCost: 1, accepted: true },
    ],
  });
  const loose = await writeFixture('A1', {
    experiments: [{ id: 'e' }],
    events: odd.map((data, iteration) => ({ iteration, type: 'llm_interaction', data })),
  });
  ({ engine } = await openFixture(loose, path));
  const condition = sql`file_id = 'f1'`;
  heads.policy = await exchangeHeads(engine, { condition, fields: 'policy' });
  heads.use = await exchangeHeads(engine, { condition, fields: 'use' });
});

const headOf = (name: string, fields: keyof typeof heads = 'policy') =>
  heads[fields].find((head) => head.iteration === names.indexOf(name));

test('texts in the usual order, compact or spaced, give agent, policy and model', () => {
  expect(headOf('usual')).toMatchObject({ agentId: 'A', policy: { x: 1 }, model: 'm', latencySeconds: 0.5 });
  expect(headOf('compact')).toMatchObject({ agentId: 'A', policy: { x: 2 }, promptWords: 3 });
  expect(headOf('spaced')).toMatchObject({ agentId: 'A', policy: { x: 7 }, responseWords: 2 });
});

test('reordered keys are found all the same', () => {
  expect(headOf('reordered')).toMatchObject({ agentId: 'A', policy: { x: 3 }, model: 'm' });
  expect(headOf('errorFirst')).toMatchObject({ agentId: 'A', policy: null, parsingError: 'bad' });
  expect(headOf('agentAfterPrompt')).toMatchObject({ agentId: 'A', policy: { x: 6 } });
});

test('nested keys of the same name are never taken for those of the event', () => {
  expect(headOf('nested')).toMatchObject({ agentId: 'A', policy: { x: 4, agent_id: 'Y' }, model: 'm' });
  expect(headOf('nestedLast')).toMatchObject({ agentId: 'A', policy: undefined, model: 'm' });
  expect(headOf('nested', 'use')).toMatchObject({ agentId: 'A', model: 'm', promptWords: 3 });
});

test('prompts that quote these keys do not mislead', () => {
  expect(headOf('quoted')).toMatchObject({ agentId: 'A', policy: { x: 5 }, model: 'm' });
  expect(headOf('quoted', 'use')).toMatchObject({ agentId: 'A', model: 'm' });
});

test('NaN is no number (11.14), names keep their letters, absent fields stay absent', () => {
  expect(headOf('notANumber')).toMatchObject({ policy: { x: 'NaN' }, latencySeconds: undefined });
  expect(headOf('escapedName')?.agentId).toBe('Züri "1"');
  expect(headOf('sparse')).toMatchObject({ policy: { x: 9 }, model: undefined, promptWords: undefined });
});

test('a text that cannot be read, or names no agent, is left out', () => {
  expect(heads.policy).toHaveLength(Object.keys(texts).length);
  for (const name of Object.keys(broken)) expect(headOf(name)).toBeUndefined();
});

test('sums over exchanges are those of the exchanges one by one, whatever their form', async () => {
  const sum = (read: (head: ExchangeHead) => number | undefined) =>
    heads.use.reduce((total, head) => total + (read(head) ?? 0), 0);
  const use = [...(await ask(engine, exchangeUse, firstFile)).values()];
  expect(use).toEqual([
    {
      models: ['m'],
      promptWords: sum((head) => head.promptWords),
      responseWords: sum((head) => head.responseWords),
      latencySeconds: sum((head) => head.latencySeconds),
    },
  ]);
  expect(use[0]?.promptWords).toBe(3 * (Object.keys(texts).length - 1));
});

test('only iterations with fewer evaluation rows than exchanges are looked into (9.4)', async () => {
  const found = await unexaminedExchangeHeads(engine, sql`file_id = 'f2'`);
  expect(found.map((head) => `${head.iteration} ${head.agentId}`)).toEqual(['1 A', '1 B']);
});

test('a single exchange is read whole, its policy as it stands in the text', async () => {
  const scope = { fileId: fileId('f1'), experimentId: experimentId('e'), agentId: agentId('A') };
  const found = await ask(engine, exchange, { ...scope, iteration: names.indexOf('quoted') });
  expect(found).toMatchObject({ parsedPolicy: '{"x": 5}', model: 'm', duplicatesDropped: 0 });
  expect(found?.systemPrompt).toMatch('say "agent_id": "Z"');
  expect(await ask(engine, exchange, { ...scope, iteration: 999 })).toBeUndefined();
});
