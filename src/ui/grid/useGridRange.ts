import { useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { plural } from '../../lib/format.ts';
import { cellText, copiedValue, type GridColumn } from './gridColumn.ts';
import { moveInGrid, type GridPosition } from './useGridFocus.ts';

/** Cells chosen for copying, both corners included; rows count from the first of the part. */
interface GridRange {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

interface Corners {
  readonly anchor: GridPosition;
  readonly head: GridPosition;
}

interface RangeInput {
  readonly active: GridPosition;
  readonly rowCount: number;
  readonly columnCount: number;
}

function cellAt(target: EventTarget): GridPosition | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('td[data-column]') : null;
  return cell === null ? undefined : { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
}

/** A block of cells chosen by dragging, or by arrow keys with Shift from the cell that has the focus. */
export function useGridRange({ active, rowCount, columnCount }: RangeInput) {
  const [corners, setCorners] = useState<Corners>();
  const pressed = useRef<GridPosition>(undefined);
  const dragged = useRef(false);
  const range = corners === undefined ? undefined : rangeOf(corners, rowCount, columnCount);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLElement && event.target.matches('input, select, textarea')) return;
    if (!event.shiftKey || active.row < 0) {
      // A pressed Control is on its way to C.
      if (!event.ctrlKey && !event.metaKey) setCorners(undefined);
      return;
    }
    if (!event.key.startsWith('Arrow')) return;
    const from = corners?.head ?? active;
    const head = moveInGrid(from, event.key, event.ctrlKey, {
      rows: rowCount,
      columns: columnCount,
      pageRows: 1,
    });
    if (head === undefined) return;
    event.preventDefault();
    setCorners({ anchor: corners?.anchor ?? active, head: { ...head, row: Math.max(0, head.row) } });
  };
  const onMouseDown = (event: MouseEvent): void => {
    if (event.button !== 0) return;
    dragged.current = false;
    pressed.current = cellAt(event.target);
    setCorners(undefined);
  };
  const onMouseMove = (event: MouseEvent): void => {
    const [from, to] = [pressed.current, cellAt(event.target)];
    if (event.buttons !== 1 || from === undefined || to === undefined) return;
    if (!dragged.current && from.row === to.row && from.column === to.column) return;
    // Within one cell the browser selects its words; over several, cells are chosen instead.
    dragged.current = true;
    window.getSelection()?.removeAllRanges();
    setCorners({ anchor: from, head: to });
  };
  const onClickCapture = (event: MouseEvent): void => {
    if (!dragged.current) return;
    // Letting go is no press on the row.
    dragged.current = false;
    event.preventDefault();
    event.stopPropagation();
  };
  return { range, handlers: { onMouseDown, onMouseMove, onClickCapture }, onKeyDown };
}

function rangeOf({ anchor, head }: Corners, rowCount: number, columnCount: number): GridRange | undefined {
  const range = {
    top: Math.min(anchor.row, head.row),
    bottom: Math.min(rowCount - 1, Math.max(anchor.row, head.row)),
    left: Math.min(anchor.column, head.column),
    right: Math.min(columnCount - 1, Math.max(anchor.column, head.column)),
  };
  return range.bottom < range.top || range.right < range.left ? undefined : range;
}

/** The exact values of the cells, with tabs between columns; what would end a cell early is a space. */
export function rangeText<Row>(
  { top, bottom, left, right }: GridRange,
  columns: readonly GridColumn<Row>[],
  rowAt: (index: number) => Row | undefined,
): string {
  return Array.from({ length: bottom - top + 1 }, (_, at) => {
    const row = rowAt(top + at);
    const cells = columns.slice(left, right + 1);
    const textOf = (column: GridColumn<Row>): string =>
      row === undefined ? '' : cellText(copiedValue(column, row)).replace(/[\t\r\n]+/g, ' ');
    return cells.map(textOf).join('\t');
  }).join('\n');
}

/** `2 rows by 3 columns chosen`. */
export function rangeWords({ top, bottom, left, right }: GridRange): string {
  return `${plural(bottom - top + 1, 'row')} by ${plural(right - left + 1, 'column')} chosen`;
}
