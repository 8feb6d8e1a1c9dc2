import type { CellValue, GridColumn, GridSort } from './gridColumn.ts';

/** One column's key for a row, made once per sort: comparing 100,000 rows must not format them 17 times. */
type SortKey = number | bigint | string | undefined;

/** Runs of digits count as numbers (`exp2` before `exp10`); case does not count. */
function textKey(text: string): string {
  return text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(20, '0'));
}

/** Numbers compare ten times as fast as bigints. */
function sortKey(value: CellValue): SortKey {
  if (typeof value === 'string') return textKey(value);
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return Number.isNaN(value) ? undefined : value;
}

function compareKeys(a: number | bigint | string, b: number | bigint | string): number {
  const aIsText = typeof a === 'string';
  if (aIsText !== (typeof b === 'string')) return aIsText ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Rows in the order of `sort`: numbers before texts, absent values last in both directions, ties in the
 * order given. TanStack Table's own sorted row model is not used: it makes an object per row and took
 * 290 ms to hold and 390 ms to sort 50,000 rows; this takes about 20 ms.
 */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly GridColumn<Row>[],
  sort: GridSort | undefined,
): readonly Row[] {
  const column = columns.find((candidate) => candidate.id === sort?.columnId);
  if (sort === undefined || column === undefined) return rows;
  const read = column.sortValue ?? column.value;
  const sign = sort.direction === 'descending' ? -1 : 1;
  const keys = rows.map((row) => sortKey(read(row)));
  const present = keys.flatMap((key, place) => (key === undefined ? [] : [place]));
  const absent = keys.flatMap((key, place) => (key === undefined ? [place] : []));
  if (keys.every((key) => key === undefined || typeof key === 'number')) {
    const numbers = Float64Array.from(keys, (key) => (typeof key === 'number' ? key : 0));
    // Equal infinities have no difference: NaN, which is no order either.
    present.sort((a, b) => sign * ((numbers[a] ?? 0) - (numbers[b] ?? 0)) || a - b);
  } else {
    present.sort((a, b) => sign * compareKeys(keys[a] ?? 0, keys[b] ?? 0) || a - b);
  }
  return [...present, ...absent].flatMap((place) => rows[place] ?? []);
}
