import type { Exchange, ExchangeContext } from '../domain/answers/experiments.ts';
import { memberTexts, parsePolicies } from '../domain/policy/policyJson.ts';
import type { Engine } from '../engine/engine.ts';
import { nullable, queryRows, text, int, type RowOf } from '../engine/rows.ts';
import { agentId, type AgentId } from '../lib/ids.ts';
import { parseJson } from '../lib/json.ts';
import { sql, type Sql } from '../lib/sql.ts';
import { exchangeHeads } from './exchangeHeads.ts';
import { defineQuery } from './query.ts';
import { textIn, objectOf, textField } from './read/eventFields.ts';
import { readIterationRows } from './read/iterationRows.ts';
import { ofExperiment, type ExchangeScope } from './scope.ts';

/**
 * The exchange with the proposer for one agent in one iteration, the last one recorded (domain.md 5.1);
 * undefined when none is.
 */
export const exchange = defineQuery({
  name: 'exchange',
  scope: 'experiment',
  async run(engine, params: ExchangeScope, signal): Promise<Exchange | undefined> {
    const condition = sql`${ofExperiment(params)} AND iteration = ${params.iteration}`;
    const heads = await exchangeHeads(engine, { condition, fields: 'use' }, signal);
    const ofAgent = heads.filter((head) => head.agentId === params.agentId);
    const last = ofAgent.reduce<(typeof heads)[number] | undefined>(
      (latest, head) => (latest !== undefined && latest.eventId > head.eventId ? latest : head),
      undefined,
    );
    if (last === undefined) return undefined;
    const statement = sql`SELECT event_data FROM experiment_events
      WHERE ${condition} AND event_id = ${last.eventId}`;
    const [row] = await queryRows(engine, statement, { eventData: text }, signal);
    const fields = objectOf(row?.eventData);
    if (row === undefined) return undefined;
    const policy = fields?.parsed_policy ?? null;
    return {
      eventId: last.eventId,
      systemPrompt: textField(fields?.system_prompt),
      userPrompt: textField(fields?.user_prompt),
      rawResponse: textField(fields?.raw_response),
      parsedPolicy: policy === null ? undefined : memberTexts(row.eventData).get('parsed_policy'),
      parsingError: textField(fields?.parsing_error),
      model: last.model,
      promptWords: last.promptWords,
      responseWords: last.responseWords,
      latencySeconds: last.latencySeconds,
      duplicatesDropped: ofAgent.length - 1,
      ...(fields === undefined ? { unreadable: row.eventData } : {}),
    };
  },
});

/** Prompts are long: how many iterations back they are compared. */
const lookBack = 20;

/** Texts as digests, so that none of them leaves the engine. NULL where the fields stand in another order. */
const spec = {
  iteration: int,
  eventId: int,
  agent: nullable(text),
  systemDigest: nullable(text),
  talkDigest: nullable(text),
};

interface Turn extends Pick<RowOf<typeof spec>, 'iteration' | 'eventId' | 'systemDigest' | 'talkDigest'> {
  readonly agentId: AgentId;
}

/** What stands around one exchange: the turn before, the system prompt's age, whose record it is, what followed. */
export const exchangeContext = defineQuery({
  name: 'exchangeContext',
  scope: 'experiment',
  async run(engine, params: ExchangeScope, signal): Promise<ExchangeContext> {
    const { iteration: k } = params;
    const turns = await readTurns(engine, params, signal);
    const next = sql`${ofExperiment(params)} AND iteration = ${k + 1}`;
    const [following] = await readIterationRows(engine, next, signal);
    const own = lastOfEach(turns.filter((turn) => turn.agentId === params.agentId));
    const here = own.find((turn) => turn.iteration === k);
    const earlier = own.filter((turn) => turn.iteration < k).reverse();
    return {
      previousIteration: earlier[0]?.iteration,
      ...systemPromptAge(here, earlier),
      comparedSince: Math.max(0, k - lookBack),
      sameAs: here === undefined ? undefined : originalOf(here, turns),
      hasNextIteration: following !== undefined,
      nextPolicy: policyText(following?.policies ?? undefined, params.agentId),
    };
  },
});

async function readTurns(
  engine: Engine,
  params: ExchangeScope,
  signal: AbortSignal | undefined,
): Promise<Turn[]> {
  const { iteration: k } = params;
  const statement = sql`SELECT iteration, event_id, ${textIn('agent_id', sql`event_data`)} AS agent,
      ${digestBetween('system_prompt', 'user_prompt')} AS system_digest,
      ${digestBetween('user_prompt', 'parsed_policy')} AS talk_digest
    FROM experiment_events WHERE ${ofExperiment(params)} AND event_type = 'llm_interaction'
      AND iteration BETWEEN ${k - lookBack} AND ${k}`;
  const rows = await queryRows(engine, statement, spec, signal);
  const turns = rows.flatMap(({ agent, ...row }) => {
    const name = agent === undefined ? undefined : parseJson(`"${agent}"`);
    return name?.ok === true && typeof name.value === 'string' && name.value !== ''
      ? [{ ...row, agentId: agentId(name.value) }]
      : [];
  });
  return turns.sort((a, b) => a.iteration - b.iteration || a.eventId - b.eventId);
}

/** Keys cannot occur inside a JSON string: its quotes would be escaped. */
function digestBetween(key: string, following: string): Sql {
  const [from, to] = [key, following].map((name) => sql`instr(event_data, ${`"${name}":`})`);
  if (from === undefined || to === undefined) throw new Error('two keys give two places');
  return sql`CASE WHEN ${from} > 0 AND ${to} > ${from}
    THEN md5(substr(event_data, ${from}, ${to} - ${from})) END`;
}

/** Of records of one iteration the last counts (domain.md 5.1). */
function lastOfEach(turns: readonly Turn[]): readonly Turn[] {
  return turns.filter((turn, place) => turns[place + 1]?.iteration !== turn.iteration);
}

function systemPromptAge(
  here: Turn | undefined,
  earlier: readonly Turn[],
): Pick<ExchangeContext, 'systemPrompt' | 'systemPromptSince'> {
  const digest = here?.systemDigest;
  const [previous] = earlier;
  if (here === undefined || digest === undefined || previous?.systemDigest === undefined) {
    return { systemPrompt: 'not compared', systemPromptSince: undefined };
  }
  if (previous.systemDigest !== digest) return { systemPrompt: 'changed', systemPromptSince: undefined };
  const differs = earlier.findIndex((turn) => turn.systemDigest !== digest);
  const since = earlier.at(differs === -1 ? -1 : differs - 1);
  return { systemPrompt: 'unchanged', systemPromptSince: since?.iteration };
}

/** An earlier record of another turn with the very same prompt and answer. */
function originalOf(here: Turn, turns: readonly Turn[]): ExchangeContext['sameAs'] {
  if (here.talkDigest === undefined) return undefined;
  const original = turns.find(
    (turn) =>
      turn.eventId < here.eventId &&
      turn.talkDigest === here.talkDigest &&
      (turn.agentId !== here.agentId || turn.iteration !== here.iteration),
  );
  return original === undefined ? undefined : { iteration: original.iteration, agentId: original.agentId };
}

function policyText(policies: string | undefined, agent: AgentId): string | undefined {
  if (policies === undefined || !parsePolicies(policies).ok) return undefined;
  return memberTexts(policies).get(agent);
}
