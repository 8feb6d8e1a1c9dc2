import { cents, type Cents } from '../lib/units.ts';
import type { Cell, Engine, ResultTable } from './engine.ts';
import type { Sql } from '../lib/sql.ts';

/** Reads one cell; throws with a reason when the cell is not what the question promised. */
export interface Column<T> {
  read(cell: Cell): T;
}

export type RowSpec = Record<string, Column<unknown>>;
export type RowOf<S extends RowSpec> = { readonly [K in keyof S]: S[K] extends Column<infer T> ? T : never };

function unexpected(wanted: string, cell: Cell): never {
  throw new TypeError(`expected ${wanted}, got ${cell === null ? 'NULL' : typeof cell}`);
}

export const text: Column<string> = {
  read: (cell) => (typeof cell === 'string' ? cell : unexpected('text', cell)),
};

export const boolean: Column<boolean> = {
  read: (cell) => (typeof cell === 'boolean' ? cell : unexpected('a boolean', cell)),
};

/** An integer that fits a double exactly: counts, ticks, iterations. */
export const int: Column<number> = {
  read(cell) {
    const value = typeof cell === 'bigint' ? Number(cell) : cell;
    return typeof value === 'number' && Number.isSafeInteger(value) ? value : unexpected('an integer', cell);
  },
};

export const double: Column<number> = {
  read: (cell) => (typeof cell === 'number' ? cell : unexpected('a number', cell)),
};

/** A 64-bit integer with all its digits: seeds, ids. */
export const bigInt: Column<bigint> = {
  read(cell) {
    if (typeof cell === 'bigint') return cell;
    return typeof cell === 'number' && Number.isSafeInteger(cell)
      ? BigInt(cell)
      : unexpected('a BIGINT', cell);
  },
};

/** Money. A HUGEINT (`sum` without a cast) arrives as an object and is refused here. */
export const money: Column<Cents> = { read: (cell) => cents(bigInt.read(cell)) };

/** SQL NULL becomes `undefined`: "not recorded". */
export function nullable<T>(column: Column<T>): Column<T | undefined> {
  return { read: (cell) => (cell === null || cell === undefined ? undefined : column.read(cell)) };
}

/** A SQL LIST of one kind of value. */
export function list<T>(column: Column<T>): Column<readonly T[]> {
  return {
    read(cell) {
      if (typeof cell !== 'object' || cell === null || !(Symbol.iterator in cell)) {
        return unexpected('a list', cell);
      }
      return Array.from(cell as Iterable<unknown>, (item) => column.read(item));
    },
  };
}

/** `amountCents` in TypeScript is `amount_cents` in SQL. */
export function columnName(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Rows by spec. A missing column or a cell of another kind throws and names the column. */
export function decodeRows<S extends RowSpec>(table: ResultTable, spec: S): RowOf<S>[] {
  const readers = Object.entries(spec).map(([field, column]) => {
    const index = table.columns.indexOf(columnName(field));
    if (index < 0) throw new TypeError(`the result has no column ${columnName(field)}`);
    return { field, column, index };
  });
  return Array.from({ length: table.rowCount }, (_, row) => {
    const record: Record<string, unknown> = {};
    for (const { field, column, index } of readers) {
      try {
        record[field] = column.read(table.cell(index, row));
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new TypeError(`column ${columnName(field)}, row ${row}: ${why}`, { cause });
      }
    }
    return record as RowOf<S>;
  });
}

/** Asks and decodes in one step. */
export async function queryRows<S extends RowSpec>(
  engine: Engine,
  statement: Sql,
  spec: S,
  signal?: AbortSignal,
): Promise<RowOf<S>[]> {
  return decodeRows(await engine.query(statement, signal), spec);
}

/** Cells in the order of the columns: numbers, flags and texts; NULL, and what is none of these, is undefined. */
export type PlainRow = readonly (string | number | bigint | boolean | undefined)[];

/** The rows of an answer whose columns are not known beforehand. */
export function plainRows(table: ResultTable): readonly PlainRow[] {
  return Array.from({ length: table.rowCount }, (_, row) =>
    table.columns.map((_column, column) => plainCell(table.cell(column, row))),
  );
}

function plainCell(value: Cell): PlainRow[number] {
  const isKept =
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    typeof value === 'boolean';
  return isKept ? value : undefined;
}
