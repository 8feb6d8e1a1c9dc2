import { z } from 'zod';

import { ident, join, sql, type Sql } from '../lib/sql.ts';
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
import type { Engine } from '../engine/engine.ts';
import type { RecordOf, Table, TableColumn } from '../schema/table.ts';

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
