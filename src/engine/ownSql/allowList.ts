import type { Engine } from '../engine.ts';
import { queryRows, text } from '../rows.ts';
import { sql } from '../../lib/sql.ts';
import type { Statement, SqlToken } from './tokens.ts';

/** Why a statement of a reader is not run, and where the reason stands in the whole text. */
export interface NotAllowed {
  readonly why: string;
  /** From 0. */
  readonly from: number;
  readonly to: number;
}

/** A statement begins with one of these, or it is not run. */
const readers = new Set([
  'select',
  'with',
  'from',
  'values',
  'table',
  'pivot',
  'unpivot',
  'describe',
  'desc',
  'summarize',
  'show',
  'explain',
]);

/** Functions for FROM that read what is open, make rows of nothing, or list what the engine holds. */
const tableFunctions = new Set([
  'range',
  'generate_series',
  'unnest',
  'repeat',
  'repeat_row',
  'duckdb_columns',
  'duckdb_constraints',
  'duckdb_databases',
  'duckdb_functions',
  'duckdb_keywords',
  'duckdb_memory',
  'duckdb_schemas',
  'duckdb_tables',
  'duckdb_types',
  'duckdb_views',
  'pragma_database_size',
  'pragma_table_info',
  'pragma_version',
]);

/** Functions that change with each call, or do something, and are of use all the same. */
const harmlessVolatile = new Set([
  'random',
  'setseed',
  'uuid',
  'uuidv4',
  'uuidv7',
  'gen_random_uuid',
  'error',
  'stats',
  'current_query',
  'current_query_id',
  'current_connection_id',
  'current_transaction_id',
]);

/** Whatever the engine's own list says of them, as other builds of it have them and this one may not. */
const neverRun =
  /^(?:read_|write_|sniff_|scan_|parquet_|json_execute|copy_|load_|import_|export_|http_|query(?:_table)?$|glob$|getenv$|getvariable$|which_secret$|duckdb_secrets$|nextval$|currval$|pg_sleep$|sleep_ms$|pragma_|enable_|disable_|force_|checkpoint$|from_substrait|sql_auto_complete$)|_scan(?:_|$)/;

/** What an engine can do that a reader's statement may not. */
export interface FunctionPolicy {
  /** Names in lower case. */
  readonly refused: ReadonlySet<string>;
  /** Table macros that share the name of an aggregate: refused after FROM and JOIN alone. */
  readonly refusedAsTable: ReadonlySet<string>;
}

/** Reads from the engine's own catalogue which functions are not to be called: a newer engine may have more. */
export async function functionPolicy(engine: Engine): Promise<FunctionPolicy> {
  const rows = await queryRows(
    engine,
    sql`SELECT DISTINCT lower(function_name) AS name, function_type AS kind,
        CASE WHEN has_side_effects OR stability = 'VOLATILE' THEN 'yes' ELSE 'no' END AS volatile
      FROM duckdb_functions()`,
    { name: text, kind: text, volatile: text },
  );
  const isValue = new Set(
    rows.filter(({ kind }) => kind === 'scalar' || kind === 'aggregate').map(({ name }) => name),
  );
  const refused = new Set<string>();
  const refusedAsTable = new Set<string>();
  for (const { name, kind, volatile } of rows) {
    if (kind === 'table' || kind === 'table_macro' || kind === 'pragma') {
      if (tableFunctions.has(name)) continue;
      (isValue.has(name) && !neverRun.test(name) ? refusedAsTable : refused).add(name);
    } else if (volatile === 'yes' && !harmlessVolatile.has(name)) {
      refused.add(name);
    }
  }
  return { refused, refusedAsTable };
}

/** Before a text, after which FROM asks for no table: `trim(both 'x' FROM name)`. */
const fromInside = new Set(['extract', 'trim', 'substring', 'overlay', 'position']);
/** Words that end the list of tables of a FROM. */
const endsTables = new Set([
  'where',
  'group',
  'order',
  'having',
  'window',
  'qualify',
  'limit',
  'offset',
  'select',
  'union',
  'intersect',
  'except',
]);

const isWord = (token: SqlToken | undefined, ...words: readonly string[]): boolean =>
  token?.kind === 'word' && words.includes(token.value);
const isMark = (token: SqlToken | undefined, value: string): boolean =>
  token?.kind === 'mark' && token.value === value;

interface Level {
  /** The function whose brackets these are. */
  readonly of: string | undefined;
  readonly isValue: boolean;
  /** Whether names here are names of tables. */
  inTables: boolean;
}

/** Brackets around tables: those of no function. */
const isOfTables = (of: string | undefined): boolean =>
  of === undefined || ['from', 'join', 'lateral'].includes(of);

/** Before a bracket these ask for a value, also in the condition of a JOIN: `ON a = ('x')`. */
const wantsValue = (before: SqlToken | undefined): boolean =>
  isWord(before, 'in', 'any', 'all', 'some', 'on', 'and', 'or', 'not', 'like', 'ilike', 'between') ||
  (before?.kind === 'mark' && /^[=<>!+\-*/%|&^~]/.test(before.value));

const refusal = (token: SqlToken, why: string): NotAllowed => ({ why, from: token.from, to: token.to });

const readOnly =
  'Files are only read here: a statement begins with SELECT, WITH, FROM, VALUES, TABLE, PIVOT, DESCRIBE, SUMMARIZE, SHOW or EXPLAIN.';

/** The first word that says what a statement does; EXPLAIN runs what it explains, so that counts. */
function refuseKind(tokens: readonly SqlToken[]): NotAllowed | undefined {
  let at = 0;
  while (isMark(tokens[at], '(')) at += 1;
  const first = tokens[at];
  if (first === undefined) return tokens[0] && refusal(tokens[0], 'Nothing is asked here.');
  if (first.kind !== 'word' || !readers.has(first.value)) return refusal(first, readOnly);
  if (first.value === 'show' && isWord(tokens[at + 1], 'secrets')) return refusal(first, readOnly);
  if (first.value !== 'explain') return undefined;
  at += 1;
  if (isWord(tokens[at], 'analyze', 'verbose')) at += 1;
  if (isMark(tokens[at], '(') && isWord(tokens[at + 1], 'format', 'analyze')) {
    while (at < tokens.length && !isMark(tokens[at], ')')) at += 1;
    at += 1;
  }
  const explained = tokens.slice(at);
  return explained.length === 0 ? refusal(first, 'EXPLAIN what?') : refuseKind(explained);
}

/** What would bring another file in by its name: a text, or a quoted name with a path in it, where a table belongs. */
function refuseTable(token: SqlToken): NotAllowed | undefined {
  if (token.kind === 'text')
    return refusal(token, 'A text in place of a table is the name of a file; only open files are read.');
  if (token.kind === 'quoted name' && /[/\\:]|\.[a-z0-9]+$/i.test(token.value))
    return refusal(token, 'This names a file; only open files are read, each under a name of its own.');
  return undefined;
}

/**
 * Why a statement is not run; undefined where it only reads what is open. It stands before the engine's own lock
 * (`engine.ts`), which leaves holes: COPY to the log of an attached file, ATTACH of what is open already, reading an
 * attached file as bytes, LOAD.
 */
export function refuseStatement({ tokens }: Statement, policy: FunctionPolicy): NotAllowed | undefined {
  const kind = refuseKind(tokens);
  if (kind !== undefined) return kind;
  const levels: Level[] = [{ of: undefined, isValue: false, inTables: false }];
  /** After FROM or JOIN. */
  let isTableNext = false;
  for (const [i, token] of tokens.entries()) {
    const level = levels.at(-1);
    if (level === undefined || (isMark(token, ')') && levels.length === 1))
      return refusal(token, 'This bracket closes none.');
    const before = tokens[i - 1];
    const next = tokens[i + 1];
    const isName = token.kind === 'word' || token.kind === 'quoted name';
    if (token.kind === 'mark') {
      if (token.value === '\0') return refusal(token, 'This character cannot stand in a statement.');
      if (token.value === '(')
        levels.push({
          of: before?.kind === 'word' || before?.kind === 'quoted name' ? before.value : undefined,
          isValue: wantsValue(before),
          inTables: false,
        });
      if (token.value === ')') levels.pop();
    }
    if (isWord(token, 'u') && isMark(next, '&') && token.to === next?.from)
      return refusal(token, 'Names and texts written as U& are not understood here.');
    if (isWord(token, 'into')) return refusal(token, readOnly);
    if (
      isWord(token, 'insert', 'update', 'delete', 'merge') &&
      (isMark(before, '(') || isMark(before, ')')) &&
      next?.kind !== 'mark'
    )
      return refusal(token, readOnly);
    const isTable =
      isTableNext ||
      (isMark(before, ',') && level.inTables) ||
      isWord(before, 'table', 'describe', 'desc', 'summarize', 'show', 'pivot', 'unpivot') ||
      // FROM name: 'people.csv'
      (isMark(before, ':') && level.inTables) ||
      (isMark(before, '(') && levels.at(-2)?.inTables === true && isOfTables(level.of) && !level.isValue);
    isTableNext =
      isWord(token, 'join') ||
      (isWord(token, 'from') && !isWord(before, 'distinct') && !fromInside.has(level.of ?? ''));
    if (isTableNext) level.inTables = true;
    else if (token.kind === 'word' && endsTables.has(token.value)) level.inTables = false;
    const named = isTable ? refuseTable(token) : undefined;
    if (named !== undefined) return named;
    if (isName && isMark(next, '(')) {
      const name = token.value.toLowerCase();
      if (!tableFunctions.has(name) && (neverRun.test(name) || policy.refused.has(name)))
        return refusal(token, `${name}() is not for statements that only read what is open.`);
      if (isTable && policy.refusedAsTable.has(name))
        return refusal(token, `${name}() is not for FROM here: name a relation or a table.`);
    }
  }
  const open = levels.length - 1;
  const last = tokens.at(-1);
  if (open > 0 && last !== undefined)
    return refusal(last, open === 1 ? 'A bracket is not closed.' : `${open} brackets are not closed.`);
  return undefined;
}
