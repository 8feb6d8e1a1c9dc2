/** A place in the grid; row -1 is the line of headings. */
export interface GridPosition {
  readonly row: number;
  readonly column: number;
}

export interface GridExtent {
  readonly rows: number;
  readonly columns: number;
  /** Rows that PageUp and PageDown pass over. */
  readonly pageRows: number;
}

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));

/** Where a key leads (WAI-ARIA grid pattern); `undefined` when the key is not the grid's. */
export function moveInGrid(
  from: GridPosition,
  key: string,
  withControl: boolean,
  extent: GridExtent,
): GridPosition | undefined {
  const last = extent.rows - 1;
  const right = extent.columns - 1;
  const toRow = (row: number) => ({ row: clamp(row, -1, last), column: from.column });
  const toColumn = (column: number) => ({ row: from.row, column: clamp(column, 0, right) });
  switch (key) {
    case 'ArrowDown':
      return toRow(withControl ? last : from.row + 1);
    case 'ArrowUp':
      return toRow(withControl ? Math.min(0, last) : from.row - 1);
    case 'ArrowRight':
      return toColumn(withControl ? right : from.column + 1);
    case 'ArrowLeft':
      return toColumn(withControl ? 0 : from.column - 1);
    case 'PageDown':
      return toRow(Math.max(0, from.row) + extent.pageRows);
    case 'PageUp':
      return toRow(from.row < 0 ? from.row : Math.max(0, from.row - extent.pageRows));
    case 'Home':
      return withControl ? { row: Math.min(0, last), column: 0 } : toColumn(0);
    case 'End':
      return withControl ? { row: last, column: right } : toColumn(right);
  }
  return undefined;
}
