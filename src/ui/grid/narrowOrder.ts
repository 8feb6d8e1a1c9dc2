import type { GridColumn } from './gridColumn.ts';

/** Pixels of room below which columns come in their narrow order. */
const NARROW = 560;

/** The columns in the order for this room, and the one that carries the link of a row; 0 is a room that is not known. */
export function columnsFor<Row>(
  columns: readonly GridColumn<Row>[],
  room: number,
): { readonly columns: readonly GridColumn<Row>[]; readonly linkColumnId: string | undefined } {
  const isNarrow = room > 0 && room < NARROW && columns.some((column) => column.narrow !== undefined);
  if (!isNarrow) return { columns, linkColumnId: (columns.find((column) => column.link) ?? columns[0])?.id };
  const placeOf = (column: GridColumn<Row>) => column.narrow ?? Infinity;
  const ordered = columns.toSorted((a, b) => (placeOf(a) === placeOf(b) ? 0 : placeOf(a) - placeOf(b)));
  return { columns: ordered, linkColumnId: ordered[0]?.id };
}
