/** Browsers draw nothing taller than some 17.8 million pixels (Firefox); longer tables are shown in parts of this many rows. */
export const PART_ROWS = 500_000;

export interface GridPart {
  readonly number: number;
  /** Parts there are, at least one. */
  readonly of: number;
  /** Index of its first row in the whole table. */
  readonly first: number;
  readonly rows: number;
}

/** The part `wanted` of a table of `count` rows, or the last where there are fewer. */
export function partOf(count: number, wanted: number): GridPart {
  const of = Math.max(1, Math.ceil(count / PART_ROWS));
  const number = Math.max(0, Math.min(of - 1, wanted));
  const first = number * PART_ROWS;
  return { number, of, first, rows: Math.min(PART_ROWS, count - first) };
}

/** The part that a row of the whole table is in. */
export function partWith(row: number): number {
  return Math.max(0, Math.floor(row / PART_ROWS));
}
