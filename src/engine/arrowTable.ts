import { decodeTexts, type TextChunk } from './arrowTexts.ts';
import type { Cell, ResultTable } from './engine.ts';

/** The parts of an Arrow column and record batch that are read here; structural, as two copies of Arrow may be loaded. */
interface ColumnLike extends Iterable<unknown> {
  readonly data?: readonly (TextChunk & { readonly typeId: number })[];
}
export interface BatchLike {
  readonly numRows: number;
  getChildAt(index: number): ColumnLike | null;
}

/** Arrow's number for UTF-8 text. */
const utf8 = 5;

/** DuckDB's Arrow result as plain cells. Lists stay iterable; BIGINT is a bigint, NULL is null. */
export function arrowResult(names: readonly string[], batches: readonly BatchLike[]): ResultTable {
  const columns: Cell[][] = names.map((_, i) => batches.flatMap((batch) => cellsOf(batch.getChildAt(i))));
  return {
    columns: names,
    rowCount: batches.reduce((sum, batch) => sum + batch.numRows, 0),
    cell: (column, row) => columns[column]?.[row],
  };
}

function cellsOf(column: ColumnLike | null): Cell[] {
  if (column === null) return [];
  const [chunk, ...more] = column.data ?? [];
  const texts = chunk?.typeId === utf8 && more.length === 0 ? decodeTexts(chunk) : undefined;
  return texts ?? [...column];
}
