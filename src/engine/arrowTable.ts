import type { Cell, ResultTable } from './engine.ts';

/** The part of an Arrow record batch that is read here; structural, as two copies of Arrow may be loaded. */
export interface BatchLike {
  readonly numRows: number;
  getChildAt(index: number): Iterable<unknown> | null;
}

/** DuckDB's Arrow result as plain cells. Lists stay iterable; BIGINT is a bigint, NULL is null. */
export function arrowResult(names: readonly string[], batches: readonly BatchLike[]): ResultTable {
  const columns: Cell[][] = names.map((_, i) => batches.flatMap((batch) => [...(batch.getChildAt(i) ?? [])]));
  return {
    columns: names,
    rowCount: batches.reduce((sum, batch) => sum + batch.numRows, 0),
    cell: (column, row) => columns[column]?.[row],
  };
}
