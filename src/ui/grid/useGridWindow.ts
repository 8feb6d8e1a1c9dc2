import {
  observeElementRect,
  useVirtualizer,
  type Range,
  type Rect,
  type Virtualizer,
} from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useMemo, type RefObject } from 'react';
import { usePrinting } from '../usePrinting.ts';
import { DEFAULT_COLUMN_WIDTH } from './gridColumn.ts';

/** Pixels; the same number as --row in tokens.css. */
export const ROW_HEIGHT = 29;
/** Shorter tables are drawn whole, so that printing and find-in-page see all of it. */
export const WHOLE_BELOW = 100;
/** Longer ones would be hundreds of pages: the rows on screen are printed, and how many there are. */
const PRINTED_WHOLE = 2000;
const OVERSCAN = 8;
/** Until the real size is known, and where there is no layout (jsdom). */
const ASSUMED: Rect = { width: 1024, height: 600 };

/** Row indexes to draw, in order; one outside the screen is kept because it has the focus. */
export function windowIndexes(range: Range, pinned: number | undefined): number[] {
  const first = Math.max(0, range.startIndex - range.overscan);
  const last = Math.min(range.count - 1, range.endIndex + range.overscan);
  const indexes = Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => first + offset);
  if (pinned === undefined || pinned < 0 || pinned >= range.count) return indexes;
  if (pinned < first) return [pinned, ...indexes];
  if (pinned > last) return [...indexes, pinned];
  return indexes;
}

/** A hidden list measures 0 x 0; keeping the last real size keeps its rows. */
export function observeShownRect(
  list: Virtualizer<HTMLElement, HTMLElement>,
  report: (rect: Rect) => void,
): (() => void) | undefined {
  return observeElementRect(list, (rect) => {
    if (rect.height > 0) report(rect);
  });
}

/** Which rows of `count` are drawn now, inside `scroller`; on paper all, where all are there (`canBeWhole`). */
export function useGridWindow(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  pinned: number | undefined,
  canBeWhole: boolean,
): readonly number[] {
  const printing = usePrinting();
  const whole = count < WHOLE_BELOW || (printing && canBeWhole && count <= PRINTED_WHOLE);
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count,
    enabled: !whole,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    initialRect: ASSUMED,
    observeElementRect: observeShownRect,
    rangeExtractor: useCallback((range: Range) => windowIndexes(range, pinned), [pinned]),
  });
  return whole
    ? Array.from({ length: count }, (_, index) => index)
    : virtualizer.getVirtualItems().map((item) => item.index);
}

/** A place in a line of the grid: a column by its index, or room in pixels for columns that are not drawn. */
export type ColumnSlot = number | { readonly before: number; readonly width: number };

/** Tables of fewer columns are drawn whole. */
const WHOLE_COLUMNS_BELOW = 60;
const COLUMN_OVERSCAN = 6;

/** Drawn columns and the room between them, in order; `indexes` ascend. */
function columnSlots(indexes: readonly number[], widths: readonly number[]): readonly ColumnSlot[] {
  const slots: ColumnSlot[] = [];
  let next = 0;
  const skipTo = (index: number): void => {
    const width = widths.slice(next, index).reduce((sum, each) => sum + each, 0);
    if (index > next) slots.push({ before: index, width });
  };
  for (const index of indexes) {
    skipTo(index);
    slots.push(index);
    next = index + 1;
  }
  skipTo(widths.length);
  return slots;
}

/** Which columns are drawn now: those in sight, the first one, and the one that has the focus. */
export function useColumnSlots(
  scroller: RefObject<HTMLElement | null>,
  widths: readonly number[],
  pinned: number,
): readonly ColumnSlot[] {
  const count = widths.length;
  const whole = count < WHOLE_COLUMNS_BELOW;
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count,
    horizontal: true,
    enabled: !whole,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => widths[index] ?? DEFAULT_COLUMN_WIDTH,
    overscan: COLUMN_OVERSCAN,
    initialRect: ASSUMED,
    observeElementRect: observeShownRect,
    rangeExtractor: useCallback(
      (range: Range) => [...new Set([0, ...windowIndexes(range, pinned)])].sort((a, b) => a - b),
      [pinned],
    ),
  });
  const widthsText = whole ? '' : widths.join(' ');
  // The list keeps the widths that it has once asked for.
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, widthsText]);
  const drawn = whole
    ? widths.map((_, index) => index)
    : virtualizer.getVirtualItems().map(({ index }) => index);
  const drawnText = drawn.join(' ');
  // By their texts: the same list for the same columns, so that rows are not drawn again.
  return useMemo(() => columnSlots(numbersIn(drawnText), numbersIn(widthsText)), [drawnText, widthsText]);
}

const numbersIn = (text: string): number[] => (text === '' ? [] : text.split(' ').map(Number));

/** Scrolls the table, never the page, until the row can be seen; again whenever `index` changes. */
export function useRevealRow(
  scroller: RefObject<HTMLElement | null>,
  index: number,
  headHeight: number,
): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || index < 0) return;
    const top = index * ROW_HEIGHT;
    const seen = element.clientHeight - headHeight;
    if (seen <= 0) return;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + ROW_HEIGHT > element.scrollTop + seen) element.scrollTop = top + ROW_HEIGHT - seen;
  }, [scroller, index, headHeight]);
}

/** Scrolls the table, never the page, until the row is the first that is seen; again when it, `count` or the part changes. */
export function useTopRow(
  scroller: RefObject<HTMLElement | null>,
  index: number | undefined,
  count: number,
  firstOfPart: number,
): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element !== null && index !== undefined) element.scrollTop = index * ROW_HEIGHT;
  }, [scroller, index, count, firstOfPart]);
}
