import { nullable, queryRows, text } from '../engine/rows.ts';
import { sql } from '../lib/sql.ts';
import { memberTexts } from '../domain/policy/policyJson.ts';
import type { Exchange } from '../domain/answers/experiments.ts';
import { exchangeHeads } from './exchangeHeads.ts';
import { objectOf, textField } from './read/jsonFields.ts';
import { defineQuery } from './query.ts';
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
    const heads = await exchangeHeads(engine, { condition, fields: 'meters' }, signal);
    const ofAgent = heads.filter((head) => head.agentId === params.agentId);
    const last = ofAgent.reduce<(typeof heads)[number] | undefined>(
      (latest, head) => (latest !== undefined && latest.eventId > head.eventId ? latest : head),
      undefined,
    );
    if (last === undefined) return undefined;
    const statement = sql`SELECT event_data, recorded_at FROM experiment_events
      WHERE ${condition} AND event_id = ${last.eventId}`;
    const spec = { eventData: text, recordedAt: nullable(text) };
    const [row] = await queryRows(engine, statement, spec, signal);
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
      recordedAt: row.recordedAt,
      duplicatesDropped: ofAgent.length - 1,
      ...(fields === undefined ? { unreadable: row.eventData } : {}),
    };
  },
});
