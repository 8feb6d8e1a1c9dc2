/**
 * Fields of stored JSON: SQL that looks inside `details` of a simulation event by core functions, as its objects are flat
 * (domain.md 7.2), then fields of parsed JSON, where a field of another kind counts as absent.
 */
import { type Json, type JsonObject, isJsonObject, parseJson } from '../../lib/json.ts';
import { ident, join, sql, type Sql } from '../../lib/sql.ts';
import { cents, type Cents } from '../../lib/units.ts';
import type { RunScope } from '../scope.ts';

const escapes = sql`'\\'`;

/** What follows `"key":` first; that much cannot stand inside a text, where its quotes would be escaped. */
function after(key: string, text: Sql): Sql {
  return sql`substr(${text}, instr(${text}, ${`"${key}":`}) + ${key.length + 3})`;
}

const lacks = (key: string, text: Sql) => sql`instr(${text}, ${`"${key}":`}) = 0`;

/**
 * The integer of a key, NULL where there is none: no part of `7.5`, no rounded one. `7.0` and `5e3` are whole, as in
 * JSON. Keys are ours, never from a file. Splitting takes a quarter of the time of a regular expression, which is left
 * to what does not split. The engine rounds `7.5` when it is cast, but takes no `7.5.0`.
 * (Of a key without a value, `"amount":,`, which no writer leaves, it makes 0.)
 */
export function integerIn(key: string, text: Sql = sql`details`): Sql {
  const digits = sql`trim(split_part(${after(key, text)}, ',', 1), '} ')`;
  const number = sql`regexp_extract(${text}, ${`"${key}":\\s*(-?[0-9][0-9.eE+-]*)\\s*[,}\\]]`}, 1)`;
  const whole = sql`TRY_CAST(${number} AS DOUBLE)`;
  return sql`CASE WHEN ${lacks(key, text)} THEN NULL
    ELSE coalesce(TRY_CAST(${digits} || '.0' AS BIGINT), TRY_CAST(nullif(${number}, '') || '.0' AS BIGINT),
      CASE WHEN ${whole} = trunc(${whole}) AND abs(${whole}) < ${2 ** 53} THEN ${whole}::BIGINT END) END`;
}

/** Whether details are no object: nothing stored, a text that is none, one that breaks off. */
export function isNoObject(text: Sql = sql`details`): Sql {
  // Writers put no space around it; trimming copies every text, and an OR would trim them all.
  return sql`CASE WHEN starts_with(${text}, '{') AND ends_with(${text}, '}') THEN FALSE
    ELSE NOT coalesce(starts_with(ltrim(${text}), '{') AND ends_with(rtrim(${text}), '}'), FALSE) END`;
}

/** Whether a value is stored under a key that is no integer; `value` is the same as `integerIn` gives. */
export function isNoInteger(key: string, value: Sql, text: Sql = sql`details`): Sql {
  return sql`(${value} IS NULL AND NOT coalesce(${lacks(key, text)}, TRUE))`;
}

/** The text of a key as it stands between the quotes, escapes and all; empty where there is none. */
export function textIn(key: string, text: Sql = sql`details`): Sql {
  const rest = sql`ltrim(${after(key, text)})`;
  const matched = sql`regexp_extract(${text}, ${`"${key}":\\s*"((?:[^"\\\\]|\\\\.)*)"`}, 1)`;
  return sql`CASE WHEN ${lacks(key, text)} THEN ''
    WHEN contains(${text}, ${escapes}) OR NOT starts_with(${rest}, '"') THEN ${matched}
    ELSE split_part(${rest}, '"', 2) END`;
}

interface LeadingFields {
  /** The column that holds them, to be selected beside `details`. */
  readonly read: Sql;
  /** As `integerIn`. */
  readonly integer: (key: string) => Sql;
  /** As `textIn`. */
  readonly text: (key: string) => Sql;
}

/** What `leadingFields` looks for. */
interface Layout {
  readonly keys: Readonly<Record<string, 'text' | 'integer'>>;
  /** Key of the object that holds them, where it is not `details` itself. */
  readonly within?: string;
  /** An integer that may follow. */
  readonly perhaps?: string;
}

/**
 * The fields that writers put first, in their order (domain.md 7.2), read in one pass: a fifth of the time of one
 * after the other. Details that are written otherwise are read key by key, so that the answer is the same. At each
 * sign there is one way to go on, which the engine's expressions need to be fast.
 */
export function leadingFields({ keys, within, perhaps }: Layout): LeadingFields {
  const integer = '(-?[0-9]+)';
  const pair = (key: string, value: string) => `"${key}":\\s*${value}`;
  const pairs = Object.entries(keys).map(([key, holds]) =>
    pair(key, holds === 'text' ? '"([^"\\\\]*)"' : integer),
  );
  const start = within === undefined ? '' : `${pair(within, '\\{')}\\s*`;
  const end = perhaps === undefined ? '[,}]' : `(?:\\}|,(?:\\s*${pair(perhaps, integer)}\\s*[,}])?)`;
  const pattern = `^\\{\\s*${start}${pairs.join(',\\s*')}\\s*${end}`;
  const names = [...Object.keys(keys), ...(perhaps === undefined ? [] : [perhaps])].map((key) => sql`${key}`);
  const found = (key: string) => sql`leading_fields.${ident(key)}`;
  return {
    read: sql`regexp_extract(details, ${pattern}, [${join(names, ', ')}]) AS leading_fields`,
    integer: (key) =>
      sql`CASE WHEN ${found(key)} <> '' THEN TRY_CAST(${found(key)} AS BIGINT) ELSE ${integerIn(key)} END`,
    text: (key) => sql`CASE WHEN ${found(key)} <> '' THEN ${found(key)} ELSE ${textIn(key)} END`,
  };
}

/** The items of a list of strings, escapes and all. */
export function textsIn(key: string): Sql {
  const items = sql`regexp_extract(details, ${`"${key}":\\s*\\[([^\\]]*)\\]`}, 1)`;
  return sql`regexp_extract_all(${items}, ${'"((?:[^"\\\\]|\\\\.)*)"'}, 1)`;
}

/** The items of a list of integers. */
export function integersIn(key: string): Sql {
  const items = sql`regexp_extract(details, ${`"${key}":\\s*\\[([^\\]]*)\\]`}, 1)`;
  return sql`regexp_extract_all(${items}, '-?[0-9]+')::BIGINT[]`;
}

/** An exact sum as BIGINT; NULL beyond its range, 0 over nothing. */
export function sumOf(value: Sql): Sql {
  return sql`TRY_CAST(coalesce(sum(${value}), 0) AS BIGINT)`;
}

/** The events of one run, of all kinds or of some. */
export function eventsOfRun(params: RunScope, types: readonly string[] = []): Sql {
  const kinds = join(
    types.map((type) => sql`${type}`),
    ', ',
  );
  const ofTypes = types.length === 0 ? sql`` : sql`AND event_type IN (${kinds})`;
  return sql`simulation_events
    WHERE file_id = ${params.fileId} AND simulation_id = ${params.simulationId} ${ofTypes}`;
}

/** The object that a JSON text is, or undefined. */
export function objectOf(text: string | undefined): JsonObject | undefined {
  const parsed = text === undefined ? undefined : parseJson(text);
  return parsed?.ok === true && isJsonObject(parsed.value) ? parsed.value : undefined;
}

export function textField(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function numberField(value: Json | undefined): number | undefined {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** An integer with all its digits: cents, seeds. `12.5` and `NaN` are none. */
export function integerField(value: Json | undefined): bigint | undefined {
  if (typeof value === 'bigint') return value;
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : undefined;
}

export function centsField(value: Json | undefined): Cents | undefined {
  const integer = integerField(value);
  return integer === undefined || BigInt.asIntN(64, integer) !== integer ? undefined : cents(integer);
}

/** The agent ids of a JSON text `{agent: value}`, in its order, with the value read as asked. */
export function fieldsOf<T>(text: string | undefined, read: (value: Json) => T): [string, T][] {
  return Object.entries(objectOf(text) ?? {}).map(([key, value]) => [key, read(value)]);
}
