import {
  useLayoutEffect,
  useRef,
  useState,
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  type MouseEvent,
} from 'react';

import { plural } from '../../lib/format.ts';
import { cellText, copiedValue, type GridColumn } from './gridColumn.ts';
import { ROW_HEIGHT } from './useGridWindow.ts';

/** What carries `data-own-stop` stays a tab stop of its own: a field over a column. */
const WIDGETS = ['a[href]', 'button', 'input', 'select', 'textarea', 'summary']
  .map((widget) => `${widget}:not([data-own-stop])`)
  .join(', ');

interface Remembered extends GridPosition {
  /** Follows its row through sorting and filtering. */
  readonly rowKey: string | undefined;
}

interface GridFocusInput {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly rowCount: number;
  readonly columnCount: number;
  readonly keyAt: (row: number) => string | undefined;
  readonly indexOfKey: (key: string) => number;
  /** Where the grid is entered before it had the focus. */
  readonly entryRow: number;
  /** Enter on a cell that holds nothing to press. */
  readonly onEnter: (row: number) => void;
}

interface GridFocus {
  /** The one place with `tabIndex` 0. */
  readonly active: GridPosition;
  /** The row that the reader went to; undefined before, and on the headings. */
  readonly visited: number | undefined;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  readonly onBlur: (event: FocusEvent<HTMLElement>) => void;
}

function positionOf(cell: HTMLElement): GridPosition {
  return { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
}

function cellOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-column]') : null;
}

/** Where the tab stop is now: it follows its row, or stays near where that row was. */
function resolve(at: Remembered | undefined, input: GridFocusInput): GridPosition {
  const { rowCount, columnCount, entryRow, keyAt, indexOfKey } = input;
  if (at === undefined) return { row: Math.min(entryRow, rowCount - 1), column: 0 };
  const column = Math.min(at.column, columnCount - 1);
  if (at.rowKey === undefined) return { row: -1, column };
  const found = keyAt(at.row) === at.rowKey ? at.row : indexOfKey(at.rowKey);
  return { row: found === -1 ? Math.min(at.row, rowCount - 1) : found, column };
}

/** Setting an attribute costs a style pass even when it stays the same. */
function setTabIndex(element: HTMLElement, tabIndex: number): void {
  if (element.tabIndex !== tabIndex) element.tabIndex = tabIndex;
}

/** One tab stop for the whole grid; the keys of `moveInGrid` carry it from cell to cell. */
export function useGridFocus(input: GridFocusInput): GridFocus {
  const { scroller, rowCount, columnCount, keyAt } = input;
  const [remembered, setRemembered] = useState<Remembered>();
  const hasFocus = useRef(false);
  const moved = useRef(false);

  const active = resolve(remembered, input);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const cell = cellOf(event.target);
    if (cell === null || event.altKey || event.metaKey || event.shiftKey) return;
    // A box to tick has no use for arrows; a field keeps its keys.
    const field = 'input:not([type=checkbox]), select, textarea';
    if (event.target instanceof HTMLElement && event.target.matches(field)) return;
    const from = positionOf(cell);
    if (event.key === 'Enter' && event.target === cell && from.row >= 0) {
      event.preventDefault();
      input.onEnter(from.row);
      return;
    }
    const height = scroller.current?.clientHeight ?? 0;
    const pageRows = Math.max(1, Math.floor(height / ROW_HEIGHT) - 2);
    const to = moveInGrid(from, event.key, event.ctrlKey, { rows: rowCount, columns: columnCount, pageRows });
    if (to === undefined) return;
    event.preventDefault();
    moved.current = true;
    setRemembered({ ...to, rowKey: keyAt(to.row) });
  };

  const onFocus = (event: FocusEvent<HTMLElement>) => {
    hasFocus.current = true;
    const cell = cellOf(event.target);
    if (cell === null) return;
    const at = positionOf(cell);
    setRemembered({ ...at, rowKey: keyAt(at.row) });
  };

  const onBlur = (event: FocusEvent<HTMLElement>) => {
    // A row that is taken away loses the focus to nowhere; that is not leaving the grid.
    if (event.relatedTarget !== null || event.target.isConnected) hasFocus.current = false;
  };

  useLayoutEffect(() => {
    const root = scroller.current;
    if (root === null) return;
    const cell = root.querySelector<HTMLElement>(
      `[data-row="${active.row}"][data-column="${active.column}"]`,
    );
    for (const widget of root.querySelectorAll<HTMLElement>(WIDGETS)) {
      if (widget.dataset.column === undefined) setTabIndex(widget, cell?.contains(widget) === true ? 0 : -1);
    }
    if (cell === null) return;
    // What a cell holds stands for the cell: two targets on one spot would hide one another.
    const stop = cell.querySelector<HTMLElement>(WIDGETS) ?? cell;
    setTabIndex(cell, stop === cell ? 0 : -1);
    const lost = hasFocus.current && document.activeElement === document.body;
    if (moved.current || lost) {
      stop.focus({ preventScroll: true });
      // jsdom has no layout and no scrollIntoView.
      if ('scrollIntoView' in cell) cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
    moved.current = false;
  });

  const visited = remembered?.rowKey === undefined ? undefined : active.row;
  return { active, visited, onKeyDown, onFocus, onBlur };
}

/** A place in the grid; row -1 is the line of headings. */
interface GridPosition {
  readonly row: number;
  readonly column: number;
}

interface GridExtent {
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
