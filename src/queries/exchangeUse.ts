import type { Engine } from '../engine/engine.ts';
import { double, int, list, queryRows, text, type RowOf } from '../engine/rows.ts';
import { experimentId, type AgentId, type ExperimentId } from '../lib/ids.ts';
import { sql, type Sql } from '../lib/sql.ts';
import { exchangeHeads, type ExchangeHead } from './exchangeHeads.ts';
import { defineQuery, type Query } from './query.ts';
import { withEventIds } from './read/experimentEvents.ts';
import { experimentKey } from './read/experimentRow.ts';
import { inDeskScope, type DeskScope } from './scope.ts';

/** What the exchanges of one experiment used of the proposer, added up. */
interface ExchangeUse {
  /** In the order of their first exchange. */
  readonly models: readonly string[];
  readonly promptWords: number;
  readonly responseWords: number;
  readonly latencySeconds: number;
}

export const noUse: ExchangeUse = { models: [], promptWords: 0, responseWords: 0, latencySeconds: 0 };

const agentFirst = String.raw`^\s*\{\s*"agent_id"\s*:\s*"(?:[^"\\]|\\.)*"`;
const member = (key: string, value: string): string => String.raw`"${key}"\s*:\s*(${value})\s*`;
/**
 * The last members as writers leave them, up to the end of the text. Nothing between the first of them and the
 * last bracket opens or closes anything, so they are members of the event itself.
 */
const tail = `${[
  member('model', String.raw`"[^"\\]*"|null`),
  member('prompt_tokens', '[0-9]{1,15}'),
  member('completion_tokens', '[0-9]{1,15}'),
  member('latency_seconds', String.raw`[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?`),
].join(String.raw`,\s*`)}${String.raw`\}\s*$`}`;

const spec = {
  fileId: text,
  experimentId: text,
  model: text,
  firstEventId: int,
  promptWords: int,
  responseWords: int,
  latencySeconds: double,
  eventIds: list(int),
};

/** By `experimentKey`. */
type UseByExperiment = ReadonlyMap<string, ExchangeUse>;

/** The exchanges of one experiment, or of each of a file, added up. */
export const exchangeUse: Query<DeskScope, UseByExperiment> = defineQuery({
  name: 'exchangeUse',
  scope: 'one file',
  async run(engine, { fileId, experimentId }: DeskScope, signal): Promise<UseByExperiment> {
    // The list has read all of its file.
    const ofFile = experimentId === undefined ? undefined : engine.known(exchangeUse.about({ fileId }));
    return ofFile ?? readUse(engine, inDeskScope({ fileId, experimentId }), signal);
  },
});

/**
 * The same sums as over `exchangeHeads`, added up by the engine: ten thousand texts need not be shipped. Events
 * that do not end as writers end them are read one by one.
 */
async function readUse(
  engine: Engine,
  condition: Sql,
  signal: AbortSignal | undefined,
): Promise<UseByExperiment> {
  const statement = sql`WITH ends AS (
      SELECT file_id, experiment_id, event_id,
        regexp_extract(event_data, ${tail}, ['model', 'prompt_words', 'response_words', 'latency_seconds'])
          AS found,
        regexp_matches(event_data, ${agentFirst}) AS named
      FROM experiment_events WHERE ${condition} AND event_type = 'llm_interaction'
    )
    SELECT file_id, experiment_id, CASE WHEN named THEN found.model ELSE '' END AS model,
      min(event_id) AS first_event_id,
      coalesce(sum(TRY_CAST(found.prompt_words AS BIGINT)), 0)::BIGINT AS prompt_words,
      coalesce(sum(TRY_CAST(found.response_words AS BIGINT)), 0)::BIGINT AS response_words,
      coalesce(sum(TRY_CAST(found.latency_seconds AS DOUBLE)), 0)::DOUBLE AS latency_seconds,
      coalesce(list(event_id ORDER BY event_id) FILTER (NOT named OR found.model = ''), []) AS event_ids
    FROM ends GROUP BY ALL ORDER BY file_id, experiment_id, first_event_id`;
  const rows = await queryRows(engine, statement, spec, signal);
  const use = new Map<string, ExchangeUse>();
  for (const row of rows) {
    const parts = row.model === '' ? await readOneByOne(engine, condition, row, signal) : [ofModel(row)];
    const key = experimentKey(row);
    use.set(key, parts.reduce(added, use.get(key) ?? noUse));
  }
  return use;
}

type Group = RowOf<typeof spec>;

function ofModel({ model, ...sums }: Group): ExchangeUse {
  return { ...sums, models: model === 'null' ? [] : [model.slice(1, -1)] };
}

async function readOneByOne(
  engine: Engine,
  condition: Sql,
  { fileId, eventIds }: Group,
  signal: AbortSignal | undefined,
): Promise<ExchangeUse[]> {
  const these = sql`${condition} AND file_id = ${fileId} AND ${withEventIds(eventIds)}`;
  const heads = await exchangeHeads(engine, { condition: these, fields: 'use' }, signal);
  return heads.map((head: ExchangeHead) => ({
    models: head.model === undefined ? [] : [head.model],
    promptWords: head.promptWords ?? 0,
    responseWords: head.responseWords ?? 0,
    latencySeconds: head.latencySeconds ?? 0,
  }));
}

function added(sum: ExchangeUse, more: ExchangeUse): ExchangeUse {
  return {
    models: [...new Set([...sum.models, ...more.models])],
    promptWords: sum.promptWords + more.promptWords,
    responseWords: sum.responseWords + more.responseWords,
    latencySeconds: sum.latencySeconds + more.latencySeconds,
  };
}

/** Which model an agent's proposer was in an iteration, and what its answer took. */
export interface ProposerTurn {
  readonly experimentId: ExperimentId;
  readonly iteration: number;
  readonly agentId: AgentId;
  readonly model: string | undefined;
  readonly promptWords: number | undefined;
  readonly responseWords: number | undefined;
  readonly latencySeconds: number | undefined;
}

/** One turn per experiment, iteration and agent, the last one recorded. */
export const proposerModels = defineQuery({
  name: 'proposerModels',
  scope: 'one file',
  async run(engine, params: DeskScope, signal): Promise<readonly ProposerTurn[]> {
    const condition = inDeskScope(params);
    const heads = await exchangeHeads(engine, { condition, fields: 'use' }, signal);
    const turns = new Map<string, ProposerTurn>();
    for (const head of [...heads].sort((a, b) => a.eventId - b.eventId)) {
      const { iteration, agentId, model, promptWords, responseWords, latencySeconds } = head;
      const use = { model, promptWords, responseWords, latencySeconds };
      const id = experimentId(head.experimentId);
      turns.set(`${id}\n${iteration}\n${agentId}`, { experimentId: id, iteration, agentId, ...use });
    }
    return [...turns.values()];
  },
});
