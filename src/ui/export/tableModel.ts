import { copiedValue, fullHeader, type CellValue, type GridColumn } from '../grid/gridColumn.ts';

/** Whether money leaves as whole cents or as dollars with two digits. */
export type MoneyUnit = 'cents' | 'dollars';

interface TableColumn {
  /** With its unit; no two of a table are alike. */
  readonly header: string;
  /** Of a grid: words over this column and its neighbours of the same group, and the heading without them. */
  readonly group?: string | undefined;
  readonly label?: string;
  readonly isNumeric: boolean;
  /** Dollars as text, `-12.30`: a number of two decimals for formats that have one. */
  readonly isDollars: boolean;
}

/** A grid as values, ready for every format. */
export interface TableModel {
  readonly columns: readonly TableColumn[];
  /** Exact values; money as whole cents, or as the text of its dollars. Undefined is absence. */
  readonly rows: readonly (readonly CellValue[])[];
}

/** Columns and rows as they leave; the unit of money stands in the head of its columns. */
export function tableModel<Row>(
  columns: readonly GridColumn<Row>[],
  rows: readonly Row[],
  unit: MoneyUnit,
): TableModel {
  const kinds = columns.map((column) => kindOf(column, rows));
  const heads = columns.map((column, index) => {
    const head = fullHeader(column);
    return kinds[index] === 'money' ? `${head} (${unit === 'cents' ? 'cents' : '$'})` : head;
  });
  const isDollars = (index: number): boolean => kinds[index] === 'money' && unit === 'dollars';
  return {
    columns: distinct(heads).map((header, index) => ({
      header,
      ...partsOf(header, columns[index]?.group),
      isNumeric: kinds[index] !== 'text',
      isDollars: isDollars(index),
    })),
    rows: rows.map((row) =>
      columns.map((column, index) => {
        const value = copiedValue(column, row);
        return isDollars(index) && typeof value === 'bigint' ? dollars(value) : value;
      }),
    ),
  };
}

/** A distinct heading, parted after its group. */
const partsOf = (header: string, group: string | undefined) =>
  group === undefined ? {} : { group, label: header.slice(group.length + 1) };

type Kind = 'text' | 'number' | 'money';

/**
 * Whole cents are the only numbers of a grid that are held as bigints and drawn as something else; a column of other
 * bigints says so (`isMoney: false`).
 */
function kindOf<Row>(column: GridColumn<Row>, rows: readonly Row[]): Kind {
  let kind: Kind | undefined;
  for (const row of rows) {
    const value = copiedValue(column, row);
    if (value === undefined) continue;
    if (typeof value === 'bigint') kind = 'money';
    else if (typeof value === 'number') kind ??= 'number';
    // What is stored and cannot be read stands between the numbers as it is stored.
    else if (kind === undefined || typeof value === 'boolean') return 'text';
  }
  if (kind !== 'money') return kind ?? 'text';
  return (column.isMoney ?? column.render !== undefined) ? 'money' : 'number';
}

/** The second `Cost` of a table is `Cost 2`: names of columns are keys in JSON and Parquet. */
function distinct(heads: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return heads.map((head) => {
    const count = (seen.get(head) ?? 0) + 1;
    seen.set(head, count);
    return count === 1 ? head : `${head} ${count}`;
  });
}

/** Exact: `-1234.05`. */
export function dollars(cents: bigint): string {
  const abs = cents < 0n ? -cents : cents;
  return `${cents < 0n ? '-' : ''}${abs / 100n}.${String(abs % 100n).padStart(2, '0')}`;
}
