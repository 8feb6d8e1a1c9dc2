import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { int, queryRows, text } from '../../engine/rows.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { isJsonObject, parseJson } from '../../lib/json.ts';
import { ident, join, sql, trusted, type Sql } from '../../lib/sql.ts';
import { createStatements } from '../../schema/ddl.ts';
import type { Table } from '../../schema/table.ts';
import { tables } from '../../schema/tables.ts';
import { schemaVersion } from '../../schema/version.ts';
import {
  chooseRuns,
  chosenRuns,
  insideOfRuns,
  sqlList,
  selectPart,
  type ExtractParts,
  type ExtractScope,
  type PlanPart,
} from './extractPlan.ts';
import { planFile, refusal, refuseTwice, type PlannedFile } from './planExtract.ts';

/** What stands in the new database, and what does not. */
export interface ExtractReport {
  /** Rows by table of the unified schema; tables without a row are left out. */
  readonly rows: ReadonlyMap<string, number>;
  /** Sentences on what stayed behind, or had to change. */
  readonly notes: readonly string[];
}

/** What is being done, in words, and how much of it: 0 to 1. */
export type OnExtractStep = (words: string, fraction: number) => void;

/** As the engine knows the new database. */
const extractAlias = 'extract';
/** One statement sorts at most about so many events in the engine's memory. */
const rowsAtOnce = 200_000;
/** Exchanges whose prompts are taken out at a time: a prompt may have 50 KB. */
const exchangesAtOnce = 100;

const target = (table: string): Sql => sql`${ident(extractAlias)}.main.${ident(table)}`;

/**
 * Writes the chosen experiments into a new database at `path`, which the engine may write and which is not there yet, with
 * the tables, keys and references of the unified schema and storage version v1.0.0. The engine is one with the relations
 * over the files, of the caller's own. Throws `ExtractError`; the caller ends the engine then.
 */
export async function writeExtract(
  engine: Engine,
  path: string,
  scopes: readonly ExtractScope[],
  parts: ExtractParts,
  onStep: OnExtractStep,
  signal?: AbortSignal,
): Promise<ExtractReport> {
  refuseTwice(scopes);
  onStep('Counting rows', 0);
  const files: PlannedFile[] = [];
  for (const scope of scopes) files.push(await planFile(engine, scope, parts, signal));
  const total = files.reduce((sum, { parts: own }) => sum + own.reduce((rows, one) => rows + one.rows, 0), 0);
  await engine.query(sql`ATTACH ${path} AS ${ident(extractAlias)} (TYPE duckdb, STORAGE_VERSION 'v1.0.0')`);
  await createSchema(engine, files, parts);
  const rows = new Map<string, number>();
  const notes: string[] = files.flatMap((file) => file.notes);
  const offsets = new Map<string, number>();
  let done = 0;
  for (const { scope, parts: planned, lastIds } of files) {
    for (const statement of chooseRuns(scope)) await engine.query(statement, signal);
    for (const { plan, part, rows: count } of planned) {
      const { name } = plan.table;
      const step = (written: number): void =>
        onStep(`Writing ${name}`, total === 0 ? 1 : (done + Math.min(written, count)) / total);
      step(0);
      const shifted = shiftIds(plan.table, part, offsets.get(name) ?? 0);
      const left = await translated(scope, plan.table, () =>
        copyPart(engine, plan.table, shifted, parts, step, signal),
      );
      if (left > 0)
        notes.push(
          `${plural(left, 'exchange')} of ${scope.fileName} whose text cannot be read as JSON: left out, as the prompts could not be taken out of it.`,
        );
      if (count - left > 0) rows.set(name, (rows.get(name) ?? 0) + count - left);
      done += count;
    }
    for (const [name, last] of lastIds) offsets.set(name, (offsets.get(name) ?? 0) + last);
  }
  onStep('Closing the database', 1);
  await engine.query(sql`DROP TABLE IF EXISTS ${chosenRuns}`);
  await engine.query(sql`CHECKPOINT ${ident(extractAlias)}`, signal);
  await engine.query(sql`DETACH ${ident(extractAlias)}`);
  return { rows, notes: [...notes, ...leftOut(parts)] };
}

function leftOut(parts: ExtractParts): readonly string[] {
  if (!parts.runs)
    return ['Runs and all that is in them were left out, as chosen.', ...withoutPrompts(parts)];
  const events = 'The inside of runs (events, payments, queues, states) was left out, as chosen.';
  return [...(parts.events ? [] : [events]), ...withoutPrompts(parts)];
}

const withoutPrompts = ({ prompts }: ExtractParts): readonly string[] =>
  prompts ? [] : ['System and user prompts were left out, as chosen; answers and proposals are there.'];

/** Tables, keys and references as every database of the unified schema has them, and where this one is from. */
async function createSchema(
  engine: Engine,
  files: readonly PlannedFile[],
  parts: ExtractParts,
): Promise<void> {
  const next = (sequence: string): number => {
    const owner = tables.find((table) => table.columns.some((column) => column.sequence === sequence));
    return files.reduce((sum, { lastIds }) => sum + (lastIds.get(owner?.name ?? '') ?? 0), 0) + 1;
  };
  const from = files.map(({ scope }) => `${scope.experimentIds.join(', ')} of ${scope.fileName}`).join('; ');
  const without = leftOut(parts).join(' ');
  await engine.run([
    sql`USE ${ident(extractAlias)}`,
    ...createStatements(tables, next).map((statement) => trusted(statement)),
    sql`INSERT INTO schema_migrations VALUES (${schemaVersion}, CAST(current_timestamp AS TIMESTAMP),
      ${`extracted by Iterscope: ${from}. ${without}`.trim()})`,
    sql`USE memory.main`,
  ]);
}

/** Rows of a second file are numbered on from those of the first. */
function shiftIds(table: Table, part: PlanPart, offset: number): PlanPart {
  const numbered = table.columns.find(({ sequence }) => sequence !== undefined)?.name;
  const id = numbered === undefined ? undefined : part.columns.get(numbered);
  if (offset === 0 || numbered === undefined || id === undefined) return part;
  return { ...part, columns: new Map([...part.columns, [numbered, sql`${id} + ${offset}`]]) };
}

async function insertPart(
  engine: Engine,
  table: Table,
  part: PlanPart,
  only: Sql | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  const columns = table.columns.flatMap(({ name }) => (part.columns.has(name) ? [ident(name)] : []));
  await engine.query(
    sql`INSERT INTO ${target(table.name)} (${join(columns, ', ')}) ${selectPart(table, part, only)}`,
    signal,
  );
}

/** Gives the number of rows that could not be taken along. */
async function copyPart(
  engine: Engine,
  table: Table,
  part: PlanPart,
  parts: ExtractParts,
  step: (written: number) => void,
  signal: AbortSignal | undefined,
): Promise<number> {
  if (table.name === 'experiment_events' && !parts.prompts)
    return copyWithoutPrompts(engine, table, part, step, signal);
  const id = part.columns.get('simulation_id');
  if (!insideOfRuns.has(table.name) || id === undefined) {
    await insertPart(engine, table, part, undefined, signal);
    return 0;
  }
  const runs = await queryRows(
    engine,
    sql`SELECT ${id} AS simulation_id, count(*) AS rows FROM ${part.from} GROUP BY 1 ORDER BY min(t.rowid)`,
    { simulationId: text, rows: int },
    signal,
  );
  let written = 0;
  for (const batch of batchesOf(runs)) {
    const ids = sqlList(batch.map(({ simulationId }) => simulationId));
    await insertPart(engine, table, part, sql`${id} IN (${ids})`, signal);
    written += batch.reduce((sum, { rows }) => sum + rows, 0);
    step(written);
  }
  return 0;
}

function batchesOf<T extends { readonly rows: number }>(runs: readonly T[]): readonly (readonly T[])[] {
  const batches: T[][] = [];
  let rows = Infinity;
  for (const run of runs) {
    if (rows + run.rows > rowsAtOnce) {
      batches.push([]);
      rows = 0;
    }
    batches.at(-1)?.push(run);
    rows += run.rows;
  }
  return batches;
}

const promptKeys: ReadonlySet<unknown> = new Set(['system_prompt', 'user_prompt']);

/** This engine has no JSON functions: what names a prompt is read and cut here. */
async function copyWithoutPrompts(
  engine: Engine,
  table: Table,
  part: PlanPart,
  step: (written: number) => void,
  signal: AbortSignal | undefined,
): Promise<number> {
  const data = part.columns.get('event_data') ?? sql`NULL`;
  const id = part.columns.get('id') ?? sql`NULL`;
  // An underscore may be written as an escape.
  const hasPrompt = sql`coalesce(regexp_matches(${data}, '(system|user)(_|\\\\u005[fF])prompt'), FALSE)`;
  await insertPart(engine, table, part, sql`NOT ${hasPrompt}`, signal);
  const wanted = await queryRows(
    engine,
    sql`SELECT ${id} AS id FROM ${part.from} AND ${hasPrompt} ORDER BY 1`,
    { id: int },
    signal,
  );
  let left = 0;
  for (let from = 0; from < wanted.length; from += exchangesAtOnce) {
    const numbers = wanted.slice(from, from + exchangesAtOnce).map((row) => sql`${row.id}`);
    const rows = await queryRows(
      engine,
      sql`SELECT ${id} AS id, ${data} AS data FROM ${part.from} AND ${id} IN (${join(numbers, ', ')})`,
      { id: int, data: text },
      signal,
    );
    const bare = rows.flatMap((row) => {
      const cut = withoutPromptTexts(row.data);
      return cut === undefined ? [] : [{ id: sql`${row.id}`, cut: sql`${cut}` }];
    });
    left += rows.length - bare.length;
    const ids = join(
      bare.map((row) => row.id),
      ', ',
    );
    const texts = join(
      bare.map((row) => row.cut),
      ', ',
    );
    const cut = sql`([${texts}])[list_position([${ids}], ${id})]`;
    const replaced = { ...part, columns: new Map([...part.columns, ['event_data', cut] as const]) };
    if (bare.length > 0) await insertPart(engine, table, replaced, sql`${id} IN (${ids})`, signal);
    step(from + rows.length);
  }
  return left;
}

/** The text of an event without its prompts, every other character as it was; undefined where it cannot be read. */
export function withoutPromptTexts(data: string): string | undefined {
  const parsed = parseJson(data);
  if (!parsed.ok || !isJsonObject(parsed.value)) return undefined;
  const kept: string[] = [];
  let depth = 0;
  let begin = 0;
  let key: string | undefined;
  for (const { 0: token, index } of data.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],]/g)) {
    const isEnd = depth === 1 && (token === ',' || token === '}');
    if (isEnd && key !== undefined && !promptKeys.has(JSON.parse(key)))
      kept.push(data.slice(begin, index).trim());
    if (depth === 1 && token.startsWith('"')) key ??= token;
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (isEnd || (depth === 1 && token === '{' && key === undefined)) {
      begin = index + 1;
      key = undefined;
    }
  }
  return `{${kept.join(', ')}}`;
}

/** A statement that the engine refuses for a key or an empty cell, in the words of what is written. */
async function translated<T>(scope: ExtractScope, table: Table, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (failure) {
    if (!(failure instanceof EngineError) || failure.kind !== 'query') throw failure;
    const column = /NOT NULL constraint failed: \S*?\.?(\w+)\s*$/m.exec(failure.message)?.[1];
    if (column !== undefined)
      throw refusal(
        scope.fileName,
        `${table.name}.${column} is empty in a row that belongs to the chosen experiments.`,
        'The unified schema requires a value there, and the file records none; none is made up.',
        insideOfRuns.has(table.name) || table.name.startsWith('simulation')
          ? 'Leave runs or their events out, or choose other experiments.'
          : 'Choose other experiments, or copy the file whole.',
      );
    if (/duplicate key|primary key/i.test(failure.message))
      throw refusal(
        scope.fileName,
        `Two rows of ${table.name} have the same key.`,
        failure.message.split('\n')[0] ?? failure.message,
        'The unified schema allows one. Choose other experiments, or copy the file whole.',
      );
    throw failure;
  }
}

/** How many rows of each table the new database has, for the report of a command. */
export const rowWords = ({ rows }: ExtractReport): readonly string[] =>
  [...rows].map(([table, count]) => `${table}: ${formatCount(count)}`);
