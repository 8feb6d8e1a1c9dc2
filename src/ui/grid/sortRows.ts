import type { CellValue, GridColumn, GridSort } from './gridColumn.ts';

/** One column's key for a row, made once per sort: comparing 100,000 rows must not format them 17 times. */
type SortKey = number | bigint | string | undefined;

/** Runs of digits count as numbers (`exp2` before `exp10`); case does not count. Each text is read once. */
function textKeys(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const key = text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(20, '0'));
    known.set(text, key);
    return key;
  };
}

/** Numbers compare ten times as fast as bigints. */
function sortKey(value: CellValue, textKey: (text: string) => string): SortKey {
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

/** The place of each row's key among the distinct ones, from 0; absent ones have the last rank. */
interface Ranks {
  readonly ranks: Uint32Array;
  /** Of present keys. */
  readonly count: number;
}

/** By rows and column, which stay the same from one sort to the next. */
const known = new WeakMap<object, WeakMap<object, Ranks>>();

/**
 * Rows in the order of `sort`, of several the first one orders most: numbers before texts, absent values last in both
 * directions, ties in the order given. Only distinct keys are compared, and rows are counted into their places: that
 * sorts 50,000 rows in a third of the time, and by a second column again in a few milliseconds. TanStack Table's own
 * sorted row model is not used: it makes an object per row and took 290 ms to hold and 390 ms to sort 50,000 rows.
 */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly GridColumn<Row>[],
  sort: GridSort | readonly GridSort[] | undefined,
): readonly Row[] {
  const sorts: readonly GridSort[] = sort === undefined ? [] : 'columnId' in sort ? [sort] : sort;
  let places: Uint32Array | undefined;
  // The last key first: each sort keeps the order of what it finds equal.
  for (const { columnId, direction } of sorts.toReversed()) {
    const column = columns.find(({ id }) => id === columnId);
    if (column !== undefined)
      places = counted(places ?? rows.keys(), ranksIn(rows, column), direction === 'descending');
  }
  if (places === undefined) return rows;
  const sorted = [...rows];
  places.forEach((from, to) => {
    const row = rows[from];
    if (row !== undefined) sorted[to] = row;
  });
  return sorted;
}

function ranksIn<Row>(rows: readonly Row[], column: GridColumn<Row>): Ranks {
  const ofRows = known.get(rows) ?? new WeakMap<object, Ranks>();
  known.set(rows, ofRows);
  const found = ofRows.get(column) ?? rank(rows, column);
  ofRows.set(column, found);
  return found;
}

function rank<Row>(rows: readonly Row[], column: GridColumn<Row>): Ranks {
  const read = column.sortValue ?? column.value;
  const textKey = textKeys();
  const keys = rows.map((row) => sortKey(read(row), textKey));
  const distinct = new Set(keys);
  distinct.delete(undefined);
  const present = [...distinct].flatMap((key) => key ?? []);
  const ordered: readonly SortKey[] = present.every((key) => typeof key === 'number')
    ? // Without a comparator: by far the fastest sort there is.
      [...Float64Array.from(present).sort()]
    : present.sort(compareKeys);
  const ranks = new Map(ordered.map((key, place) => [key, place]));
  const count = ordered.length;
  return { ranks: Uint32Array.from(keys, (key) => ranks.get(key) ?? count), count };
}

/** The places of rows in the order of their ranks; those of one rank in the order given. */
function counted(places: Iterable<number>, { ranks, count }: Ranks, descending: boolean): Uint32Array {
  const rankOf = (place: number) => {
    const one = ranks[place] ?? count;
    return descending && one < count ? count - 1 - one : one;
  };
  // Where the next row of each rank goes.
  const next = new Uint32Array(count + 2);
  for (const [place] of ranks.entries()) {
    const after = rankOf(place) + 1;
    next[after] = (next[after] ?? 0) + 1;
  }
  for (let one = 1; one < next.length; one += 1) next[one] = (next[one] ?? 0) + (next[one - 1] ?? 0);
  const sorted = new Uint32Array(ranks.length);
  for (const place of places) {
    const one = rankOf(place);
    const to = next[one] ?? 0;
    next[one] = to + 1;
    sorted[to] = place;
  }
  return sorted;
}
