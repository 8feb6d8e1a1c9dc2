import { askDirectly } from '../data/askDirectly.ts';
import type { Engine } from '../engine/engine.ts';
import { sql } from '../lib/sql.ts';
import { exactColumns, OwnSql, OwnSqlError, type OwnResult } from '../queries/ownTables/ownSql.ts';
import type { QueryEngine } from '../queries/query.ts';
import { openFixture } from './openFixture.ts';

interface Opened {
  readonly own: OwnSql;
  readonly asking: QueryEngine;
}

/** A reader's own SQL over a file, and the engine to ask what the screens ask. */
export async function openOwn(path: string, name: string): Promise<Opened> {
  const { engine, files } = await openFixture(path);
  const asking = askDirectly(engine);
  const named = files.map(({ fileId, alias }) => ({ fileId, alias, name }));
  return { asking, own: await OwnSql.over(engine, named, (question) => asking.ask(question)) };
}

/** The results of a text, in order. */
export async function resultsOf(own: OwnSql, text: string): Promise<readonly OwnResult[]> {
  await own.forget();
  const found: OwnResult[] = [];
  for (const statement of own.statements(text)) found.push(await own.run(text, statement, () => undefined));
  return found;
}

const cellOf = (value: unknown): unknown => (value === null ? undefined : value);

/** The rows of the last statement, each a record by column. */
export async function rowsOf(
  own: OwnSql,
  text: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const result = (await resultsOf(own, text)).at(-1);
  if (result === undefined) throw new Error('no statement');
  const engine: Engine = own.engine;
  const table = await engine.query(
    sql`SELECT ${exactColumns(result.columns)} FROM ${result.table} ORDER BY rowid`,
  );
  return Array.from({ length: table.rowCount }, (_, row) =>
    Object.fromEntries(table.columns.map((column, at) => [column, cellOf(table.cell(at, row))])),
  );
}

/** What is said to be wrong with a text. */
export async function problemOf(own: OwnSql, text: string) {
  try {
    await resultsOf(own, text);
  } catch (failure) {
    if (failure instanceof OwnSqlError) return failure.problem;
    throw failure;
  }
  throw new Error('nothing was wrong');
}
