import type { RunEvent } from '../../domain/linkRuns.ts';
import type { DecisionEvidence } from '../../domain/verdict/evidence.ts';
import type { Engine } from '../../engine/engine.ts';
import { int, nullable, queryRows, text } from '../../engine/rows.ts';
import { simulationId, agentId } from '../../lib/ids.ts';
import { isJsonObject, parseJson, type JsonObject, type Json } from '../../lib/json.ts';
import { sql, type Sql } from '../../lib/sql.ts';
import { ofExperiment, type ExperimentScope } from '../scope.ts';
import { integerField, textField, centsField } from './eventFields.ts';

/**
 * The condition that picks events by id. As one text, not as a list of literals: two thousand literals take the
 * engine 130 ms to plan, this 16 ms, and a few ids still reach the scan and spare the other rows' texts.
 */
export function withEventIds(ids: readonly number[]): Sql {
  return sql`event_id IN (SELECT TRY_CAST(unnest(string_split(${ids.join(',')}, ',')) AS BIGINT))`;
}

/** The wanted top-level fields of one `experiment_events` row. */
interface EventObject {
  readonly fileId: string;
  readonly experimentId: string;
  readonly iteration: number;
  readonly eventId: number;
  readonly fields: JsonObject;
}

/**
 * Cuts a JSON text down without JSON functions. The characters `"key":` cannot occur inside a JSON string (its
 * quotes would be escaped), so they always are a key; and what was cut parses only when that key stands at the
 * top level, for a nested one leaves a bracket over. A cut that fails costs a second look at the whole text.
 */
interface Cut {
  readonly text: Sql;
  /** Must all be there after cutting, else the whole text is read. */
  readonly keys: readonly string[];
}

/** From the first `"key":` to the end: leaves out the prompts, which stand before. */
export function cutFrom(key: string, keys: readonly string[]): Cut {
  const at = sql`instr(event_data, ${`"${key}":`})`;
  return { text: sql`CASE WHEN ${at} > 0 THEN '{' || substr(event_data, ${at}) END`, keys };
}

/** From the beginning to the last comma before `"key":`; the whole text where there is no such key. */
export function cutBefore(key: string, keys: readonly string[]): Cut {
  const at = sql`instr(event_data, ${`"${key}":`})`;
  const before = sql`rtrim(left(event_data, ${at} - 1))`;
  return {
    text: sql`CASE WHEN ${at} > 0 THEN rtrim(${before}, ',') || '}' ELSE event_data END`,
    keys,
  };
}

const spec = {
  fileId: text,
  experimentId: text,
  iteration: int,
  eventId: int,
  cut: nullable(text),
  /** The first field, where it is `agent_id`: writers put it there, before the prompts. */
  opening: text,
};
const openingLength = 300;
const agentFirst = /^\s*\{\s*("agent_id"\s*:\s*"(?:[^"\\]|\\.)*")/;

/** The events that fulfil a condition, with the fields that the cut is for; rows without readable text are left out. */
export async function readEventObjects(
  engine: Engine,
  condition: Sql,
  cut: Cut,
  signal: AbortSignal | undefined,
): Promise<EventObject[]> {
  const statement = sql`SELECT file_id, experiment_id, iteration, event_id,
    ${cut.text} AS cut, left(event_data, ${openingLength}) AS opening
    FROM experiment_events WHERE ${condition} ORDER BY file_id, event_id`;
  const rows = await queryRows(engine, statement, spec, signal);
  const read = rows.map((row) => ({ row, fields: fieldsOfCut(row, cut.keys) }));
  const failed = read.filter(({ fields }) => fields === undefined).map(({ row }) => row);
  const whole = await readWhole(engine, condition, failed, signal);
  return read.flatMap(({ row, fields }) => {
    const found = fields ?? whole.get(eventKey(row));
    if (found === undefined) return [];
    const { fileId, experimentId, iteration, eventId } = row;
    return [{ fileId, experimentId, iteration, eventId, fields: found }];
  });
}

function fieldsOfCut(
  row: { readonly cut: string | undefined; readonly opening: string },
  keys: readonly string[],
): JsonObject | undefined {
  const fields = row.cut === undefined ? undefined : parseObject(row.cut);
  if (fields === undefined) return undefined;
  const opening = agentFirst.exec(row.opening)?.[1];
  const all = opening === undefined ? fields : { ...parseObject(`{${opening}}`), ...fields };
  return keys.every((key) => Object.hasOwn(all, key)) ? all : undefined;
}

function parseObject(json: string): JsonObject | undefined {
  const parsed = parseJson(json);
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : undefined;
}

const eventKey = (row: { readonly fileId: string; readonly eventId: number }) =>
  `${row.fileId} ${row.eventId}`;

async function readWhole(
  engine: Engine,
  condition: Sql,
  rows: readonly { readonly fileId: string; readonly eventId: number }[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, JsonObject>> {
  if (rows.length === 0) return new Map();
  const ids = withEventIds([...new Set(rows.map((row) => row.eventId))]);
  const statement = sql`SELECT file_id, event_id, event_data FROM experiment_events
    WHERE ${condition} AND ${ids}`;
  const texts = await queryRows(engine, statement, { fileId: text, eventId: int, eventData: text }, signal);
  return new Map(
    texts.flatMap((row) => {
      const fields = parseObject(row.eventData);
      return fields === undefined ? [] : [[eventKey(row), fields] as const];
    }),
  );
}

/** The first members as writers put them; before them stands nothing that could open another object. */
const opening = String.raw`^\s*\{\s*"simulation_id"\s*:\s*"([^"\\]+)"\s*,\s*"purpose"\s*:\s*"([^"\\]*)"\s*,\s*"seed"\s*:\s*(-?[0-9]+)\s*[,}]`;

const runEventSpec = { eventId: int, iteration: int, run: nullable(text), purpose: text, seed: text };

/**
 * The `simulation_run` events of one experiment. Their three fields are taken out by the engine: old files carry
 * the whole event array of the run behind them (domain.md 5.1).
 */
export async function readRunEvents(
  engine: Engine,
  scope: ExperimentScope,
  signal: AbortSignal | undefined,
): Promise<RunEvent[]> {
  const condition = sql`${ofExperiment(scope)} AND event_type = 'simulation_run'`;
  const statement = sql`SELECT event_id, iteration, nullif(found.run, '') AS run, found.purpose AS purpose,
      found.seed AS seed
    FROM (SELECT event_id, iteration, regexp_extract(event_data, ${opening}, ['run', 'purpose', 'seed']) AS found
      FROM experiment_events WHERE ${condition}) ORDER BY event_id`;
  const rows = await queryRows(engine, statement, runEventSpec, signal);
  const odd = rows.filter((row) => row.run === undefined).map((row) => row.eventId);
  const others =
    odd.length === 0 ? [] : await readOdd(engine, sql`${condition} AND ${withEventIds(odd)}`, signal);
  const byId = new Map(others);
  return rows.flatMap(({ eventId, iteration, run, purpose, seed }) => {
    if (run !== undefined)
      return [{ simulationId: simulationId(run), iteration, purpose, seed: BigInt(seed) }];
    return byId.get(eventId) ?? [];
  });
}

/** Events of another form, by id, read as objects. */
async function readOdd(
  engine: Engine,
  condition: Sql,
  signal: AbortSignal | undefined,
): Promise<(readonly [number, RunEvent])[]> {
  const cut = cutBefore('events', ['simulation_id', 'seed']);
  const events = await readEventObjects(engine, condition, cut, signal);
  return events.flatMap(({ eventId, iteration, fields }) => {
    const id = textField(fields.simulation_id);
    if (id === undefined) return [];
    const purpose = textField(fields.purpose);
    return [
      [
        eventId,
        { simulationId: simulationId(id), iteration, purpose, seed: integerField(fields.seed) },
      ] as const,
    ];
  });
}

interface StoredDecision extends DecisionEvidence {
  readonly fileId: string;
  readonly experimentId: string;
}

/** `policy_change` and `policy_rejected` events (domain.md 5.2, 5.3): no upstream writer stores them, others may. */
export async function readDecisions(
  engine: Engine,
  condition: Sql,
  signal: AbortSignal | undefined,
): Promise<StoredDecision[]> {
  const rejected = await readEventObjects(
    engine,
    sql`${condition} AND event_type = 'policy_rejected'`,
    whole,
    signal,
  );
  const changed = await readEventObjects(
    engine,
    sql`${condition} AND event_type = 'policy_change'`,
    whole,
    signal,
  );
  return [...rejected.flatMap(rejection), ...changed.flatMap(change)];
}

const whole = { text: sql`event_data`, keys: [] };

function change(event: EventObject): StoredDecision[] {
  const { accepted, new_policy: policy } = event.fields;
  if (typeof accepted !== 'boolean') return [];
  return decision(event, accepted ? 'accepted' : 'rejected', undefined, policy);
}

function rejection(event: EventObject): StoredDecision[] {
  const { rejection_reason: rule, validation_errors: errors, proposed_policy: policy } = event.fields;
  const words = Array.isArray(errors) ? errors.flatMap((error) => textField(error) ?? []).join('; ') : '';
  const failed = rule === 'validation_failed' || (rule === undefined && words !== '');
  return decision(event, failed ? 'invalid' : 'rejected', words === '' ? textField(rule) : words, policy);
}

function decision(
  { fileId, experimentId, iteration, eventId, fields }: EventObject,
  verdict: DecisionEvidence['verdict'],
  reason: string | undefined,
  policy: Json | undefined,
): StoredDecision[] {
  const agent = textField(fields.agent_id);
  if (agent === undefined) return [];
  const costs = { oldCostCents: centsField(fields.old_cost), newCostCents: centsField(fields.new_cost) };
  return [
    { fileId, experimentId, iteration, eventId, agentId: agentId(agent), verdict, reason, policy, ...costs },
  ];
}
