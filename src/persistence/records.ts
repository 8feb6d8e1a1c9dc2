import { z } from 'zod';

import type { Engine } from '../engine/engine.ts';
import {
  bigInt,
  boolean,
  columnName,
  double,
  int,
  nullable,
  queryRows,
  text,
  type Column,
} from '../engine/rows.ts';
import { ident, join, sql, trusted, type Sql } from '../lib/sql.ts';
import type { RecordOf, SqlType, Table, TableColumn } from '../schema/table.ts';

/** What one cell of a stored row is before it becomes SQL. */
type StoredCell = string | number | bigint | boolean;
type StoredRow = Readonly<Record<string, StoredCell | undefined>>;

const storedRow = z.record(z.string(), z.union([z.string(), z.number(), z.bigint(), z.boolean()]).optional());

/** A record as stored cells by field; throws a `ZodError` that names what the model refuses. */
export function encodeCells(model: z.ZodObject, record: Readonly<Record<string, unknown>>): StoredRow {
  return storedRow.parse(z.encode(model, record));
}

/** Where one statement ends and the next begins: the parser's time grows with the text, not with the rows. */
const maxRows = 2000;
const maxCharacters = 4_000_000;

const weight = (row: StoredRow): number =>
  Object.values(row).reduce<number>((sum, cell) => sum + (typeof cell === 'string' ? cell.length : 8), 0);

function insertStatement(table: Table, rows: readonly StoredRow[]): Sql {
  const written = (column: TableColumn): boolean =>
    column.sequence === undefined || rows.some((row) => row[column.field] !== undefined);
  const columns = table.columns.filter(written);
  const names = columns.map((column) => ident(column.name));
  const values = columns.map((column) =>
    columnExpression(
      rows.map((row) => row[column.field]),
      column.type,
    ),
  );
  return sql`INSERT INTO ${ident(table.name)} (${join(names, ', ')}) SELECT ${join(values, ', ')}`;
}

/**
 * Appends records in their order, in a few large statements. Every record is checked by its model first; a
 * record that is refused leaves the statements before it, so write inside a transaction.
 */
export async function insertRecords<T extends Table>(
  engine: Engine,
  table: T,
  records: Iterable<RecordOf<T>>,
): Promise<void> {
  let batch: StoredRow[] = [];
  let characters = 0;
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await engine.query(insertStatement(table, batch));
    batch = [];
    characters = 0;
  };
  for (const record of records) {
    const row = encodeCells(table.row, record);
    batch.push(row);
    characters += weight(row);
    if (batch.length >= maxRows || characters >= maxCharacters) await flush();
  }
  await flush();
}

/** A text that no cell contains. It never overlaps itself, so it is found only where it was put. */
function freshToken(lead: string, cells: readonly string[]): string {
  let token = lead;
  for (let n = 0; cells.some((cell) => cell.includes(token)); n += 1) token = `${lead}${n.toString()};`;
  return token;
}

/** `(-0).toString()` forgets the sign. */
const cellText = (cell: StoredCell): string => (Object.is(cell, -0) ? '-0' : cell.toString());

/**
 * One column of a batch as a SELECT item: a single text, split and cast by the engine. `VALUES` with one
 * literal for each cell says the same, but parses four to five times slower (100,000 events of ten columns:
 * 10 s against 2.6 s native, 13 s against 2.5 s in WASM; the appender needs 0.8 s, but native only).
 */
function columnExpression(cells: readonly (StoredCell | undefined)[], type: SqlType): Sql {
  const texts = cells.map((cell) => (cell === undefined ? undefined : cellText(cell)));
  const present = texts.filter((text) => text !== undefined);
  const separator = freshToken('\u001f', present);
  const pieces = (list: readonly string[]): Sql =>
    sql`unnest(string_split(${list.join(separator)}, ${separator}))`;
  const sqlType = trusted(type);
  if (present.length === texts.length) return sql`CAST(${pieces(present)} AS ${sqlType})`;
  const absent = freshToken('\u001e', present);
  return sql`CAST(nullif(${pieces(texts.map((text) => text ?? absent))}, ${absent}) AS ${sqlType})`;
}

function reader(column: TableColumn): Column<unknown> {
  switch (column.type) {
    case 'VARCHAR':
    case 'TIMESTAMP':
      return text;
    case 'BIGINT':
      return column.exact ? bigInt : int;
    case 'INTEGER':
      return int;
    case 'DOUBLE':
      return double;
    case 'BOOLEAN':
      return boolean;
  }
}

/** A time is rendered with its microseconds: engines hand over timestamps in units of their own. */
function selected(column: TableColumn): Sql {
  const name = ident(column.name);
  const value = column.type === 'TIMESTAMP' ? sql`strftime(${name}, '%Y-%m-%dT%H:%M:%S.%f')` : name;
  return sql`${value} AS ${ident(columnName(column.field))}`;
}

const withoutAbsent = (row: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));

/** Rows of a table as records; a stored value that the model refuses throws and is named. */
export async function readRecords<T extends Table>(
  engine: Engine,
  table: T,
  options: { readonly where?: Sql; readonly orderBy?: Sql } = {},
): Promise<RecordOf<T>[]> {
  const columns = join(table.columns.map(selected), ', ');
  const where = options.where === undefined ? sql`` : sql` WHERE ${options.where}`;
  const orderBy = options.orderBy === undefined ? sql`` : sql` ORDER BY ${options.orderBy}`;
  const spec = Object.fromEntries(
    table.columns.map((column) => [
      column.field,
      column.nullable ? nullable(reader(column)) : reader(column),
    ]),
  );
  const statement = sql`SELECT ${columns} FROM ${ident(table.name)}${where}${orderBy}`;
  const model: T['row'] = table.row;
  return (await queryRows(engine, statement, spec)).map((row) => z.parse(model, withoutAbsent(row)));
}

/** Runs `work` in one transaction: all of it is stored, or, when it throws, none of it. Does not nest. */
export async function inTransaction<T>(engine: Engine, work: () => Promise<T>): Promise<T> {
  await engine.query(sql`BEGIN TRANSACTION`);
  try {
    const result = await work();
    await engine.query(sql`COMMIT`);
    return result;
  } catch (cause) {
    try {
      await engine.query(sql`ROLLBACK`);
    } catch (rollback) {
      throw new AggregateError([cause, rollback], 'failed, and could not be rolled back', { cause });
    }
    throw cause;
  }
}
