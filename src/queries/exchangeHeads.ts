import type { Engine } from '../engine/engine.ts';
import { int, queryRows, text } from '../engine/rows.ts';
import { groupBy } from '../lib/groupBy.ts';
import type { Json } from '../lib/json.ts';
import { sql, type Sql } from '../lib/sql.ts';
import { agentId, type AgentId } from '../lib/ids.ts';
import { withEventIds, cutFrom, readEventObjects } from './read/experimentEvents.ts';
import { numberField, textField } from './read/eventFields.ts';

/** An exchange with the proposer without its prompts and response, which are nine tenths of a small file. */
export interface ExchangeHead {
  readonly fileId: string;
  readonly experimentId: string;
  readonly iteration: number;
  readonly agentId: AgentId;
  readonly eventId: number;
  readonly policy: Json | undefined;
  readonly parsingError: string | undefined;
  readonly model: string | undefined;
  readonly promptWords: number | undefined;
  readonly responseWords: number | undefined;
  readonly latencySeconds: number | undefined;
}

const use = ['model', 'prompt_tokens', 'completion_tokens', 'latency_seconds'];
const withPolicy = cutFrom('parsed_policy', ['agent_id', 'parsed_policy', 'parsing_error', ...use]);
const withoutPolicy = cutFrom('model', ['agent_id', ...use]);

interface HeadsWanted {
  /** Condition on `experiment_events`; the kind of event is added here. */
  readonly condition: Sql;
  /** `use` leaves out the parsed policy and the parse error. */
  readonly fields: 'policy' | 'use';
}

/** One row per recorded exchange, duplicates included; those that name no agent are left out. */
export async function exchangeHeads(
  engine: Engine,
  params: HeadsWanted,
  signal?: AbortSignal,
): Promise<ExchangeHead[]> {
  const condition = sql`${params.condition} AND event_type = 'llm_interaction'`;
  const cut = params.fields === 'policy' ? withPolicy : withoutPolicy;
  const events = await readEventObjects(engine, condition, cut, signal);
  return events.flatMap(({ fields, ...event }) => {
    const agent = textField(fields.agent_id);
    if (agent === undefined) return [];
    const head: ExchangeHead = {
      ...event,
      agentId: agentId(agent),
      policy: fields.parsed_policy,
      parsingError: textField(fields.parsing_error),
      model: textField(fields.model),
      promptWords: numberField(fields.prompt_tokens),
      responseWords: numberField(fields.completion_tokens),
      latencySeconds: numberField(fields.latency_seconds),
    };
    return [head];
  });
}

/**
 * Heads of the exchanges whose iteration has fewer evaluation rows than exchanges: the others' verdicts stand
 * in their rows, and prompts are long. The ids are found first, from narrow columns.
 */
export async function unexaminedExchangeHeads(
  engine: Engine,
  condition: Sql,
  signal?: AbortSignal,
): Promise<ExchangeHead[]> {
  const statement = sql`WITH asked AS (
      SELECT file_id, experiment_id, iteration, count(*) AS exchanges, list(event_id) AS event_ids
      FROM experiment_events WHERE ${condition} AND event_type = 'llm_interaction' GROUP BY ALL
    ), judged AS (
      SELECT file_id, experiment_id, iteration, count(*) AS rows FROM evaluations WHERE ${condition} GROUP BY ALL
    )
    SELECT file_id, unnest(event_ids) AS event_id FROM asked
    LEFT JOIN judged USING (file_id, experiment_id, iteration)
    WHERE exchanges > coalesce(rows, 0) ORDER BY file_id, event_id`;
  const wanted = await queryRows(engine, statement, { fileId: text, eventId: int }, signal);
  const heads: ExchangeHead[] = [];
  for (const [file, rows] of groupBy(wanted, (row) => row.fileId)) {
    // The condition again: it reaches the scan, and spares other experiments' texts.
    const ids = withEventIds(rows.map((row) => row.eventId));
    const these = sql`${condition} AND file_id = ${file} AND ${ids}`;
    heads.push(...(await exchangeHeads(engine, { condition: these, fields: 'policy' }, signal)));
  }
  return heads;
}
