import type { Engine } from '../../engine/engine.ts';
import { int, nullable, queryRows, text } from '../../engine/rows.ts';
import { isJsonObject, parseJson, type JsonObject } from '../../lib/json.ts';
import { sql, type Sql } from '../../lib/sql.ts';
import { withEventIds } from './eventIds.ts';

/** The wanted top-level fields of one `experiment_events` row. */
export interface EventObject {
  readonly fileId: string;
  readonly experimentId: string;
  readonly iteration: number;
  readonly eventId: number;
  readonly recordedAt: string | undefined;
  readonly fields: JsonObject;
}

/**
 * Cuts a JSON text down without JSON functions. The characters `"key":` cannot occur inside a JSON string (its
 * quotes would be escaped), so they always are a key; and what was cut parses only when that key stands at the
 * top level, for a nested one leaves a bracket over. A cut that fails costs a second look at the whole text.
 */
export interface Cut {
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
  recordedAt: nullable(text),
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
  const statement = sql`SELECT file_id, experiment_id, iteration, event_id, recorded_at,
    ${cut.text} AS cut, left(event_data, ${openingLength}) AS opening
    FROM experiment_events WHERE ${condition} ORDER BY file_id, event_id`;
  const rows = await queryRows(engine, statement, spec, signal);
  const read = rows.map((row) => ({ row, fields: fieldsOfCut(row, cut.keys) }));
  const failed = read.filter(({ fields }) => fields === undefined).map(({ row }) => row);
  const whole = await readWhole(engine, condition, failed, signal);
  return read.flatMap(({ row, fields }) => {
    const found = fields ?? whole.get(eventKey(row));
    if (found === undefined) return [];
    const { fileId, experimentId, iteration, eventId, recordedAt } = row;
    return [{ fileId, experimentId, iteration, eventId, recordedAt, fields: found }];
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
