import { beforeAll, expect, test } from 'vitest';

import type { Engine } from '../engine/engine.ts';
import { agentId, experimentId, fileId } from '../lib/ids.ts';
import { ask } from '../testing/ask.ts';
import { policyWithFraction } from '../testing/fixtures/defaults.ts';
import { writeFixture } from '../testing/fixtures/writeFixture.ts';
import { openFixture } from '../testing/openFixture.ts';
import { describeRealFile } from '../testing/realFile.ts';
import { exchangeContext } from './exchange.ts';

const scope = (experiment: string, iteration: number, agent: string) => ({
  fileId: fileId('f1'),
  experimentId: experimentId(experiment),
  iteration,
  agentId: agentId(agent),
});

let engine: Engine;

interface Asked {
  readonly system?: string;
  readonly talk?: string;
}

function asked(iteration: number, agent: string, { system = 'play', talk }: Asked = {}) {
  const data = {
    agent_id: agent,
    system_prompt: `${system} "agent_id": "Z", \n "user_prompt": "no"`,
    user_prompt: talk ?? `turn ${iteration} of ${agent}`,
    raw_response: talk ?? `answer ${iteration} of ${agent}`,
    parsed_policy: policyWithFraction(0.4),
    parsing_error: null,
    model: 'm',
  };
  return { iteration, type: 'llm_interaction', data };
}

beforeAll(async () => {
  const path = await writeFixture('B-V5', {
    experiments: [{ id: 'e' }],
    iterations: [0, 1, 2, 3].map((iteration) => ({
      iteration,
      costs: { A: 1, 'B "2"': 1 },
      fractions: { A: iteration / 10, 'B "2"': 0.5 },
    })),
    events: [
      asked(0, 'A', { system: 'old' }),
      asked(0, 'B "2"'),
      asked(1, 'A'),
      asked(2, 'A'),
      asked(2, 'A', { talk: 'asked twice' }),
      asked(2, 'B "2"', { talk: 'asked twice' }),
      asked(3, 'A'),
      asked(30, 'A'),
    ],
  });
  ({ engine } = await openFixture(path));
});

test('the turn before, and since when the system prompt stands', async () => {
  expect(await ask(engine, exchangeContext, scope('e', 3, 'A'))).toEqual({
    previousIteration: 2,
    systemPrompt: 'unchanged',
    systemPromptSince: 1,
    comparedSince: 0,
    sameAs: undefined,
    hasNextIteration: false,
    nextPolicy: undefined,
  });
  const { nextPolicy, ...second } = await ask(engine, exchangeContext, scope('e', 1, 'A'));
  expect(second).toMatchObject({ previousIteration: 0, systemPrompt: 'changed', hasNextIteration: true });
  expect(JSON.parse(nextPolicy ?? '')).toEqual(policyWithFraction(0.2));
  expect(await ask(engine, exchangeContext, scope('e', 0, 'A'))).toMatchObject({
    previousIteration: undefined,
    systemPrompt: 'not compared',
  });
});

test('no turn beyond the look back is compared', async () => {
  expect(await ask(engine, exchangeContext, scope('e', 30, 'A'))).toMatchObject({
    previousIteration: undefined,
    systemPrompt: 'not compared',
    comparedSince: 10,
  });
});

test('a record that repeats the turn of another agent is known as that (domain.md 5.1)', async () => {
  const { sameAs, previousIteration } = await ask(engine, exchangeContext, scope('e', 2, 'B "2"'));
  expect(sameAs).toEqual({ iteration: 2, agentId: 'A' });
  // The agent was not asked in iteration 1.
  expect(previousIteration).toBe(0);
  expect((await ask(engine, exchangeContext, scope('e', 2, 'A'))).sameAs).toBe(undefined);
});

describeRealFile('exp1-20251215.db', (path) => {
  test('the system prompt never changes, and no record is another’s', async () => {
    ({ engine } = await openFixture(path));
    const id = 'exp1-20251215-084901-866d63';
    expect(await ask(engine, exchangeContext, scope(id, 7, 'BANK_B'))).toMatchObject({
      previousIteration: 6,
      systemPrompt: 'unchanged',
      systemPromptSince: 0,
      sameAs: undefined,
      hasNextIteration: true,
    });
  });
});
