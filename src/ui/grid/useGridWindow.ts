import {
  observeElementRect,
  useVirtualizer,
  type Range,
  type Rect,
  type Virtualizer,
} from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, type RefObject } from 'react';

/** Pixels; the same number as --row in tokens.css. */
export const ROW_HEIGHT = 29;
/** Shorter tables are drawn whole, so that printing and find-in-page see all of it. */
export const WHOLE_BELOW = 100;
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

/** Which rows of `count` are drawn now, inside `scroller`. */
export function useGridWindow(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  pinned: number | undefined,
): readonly number[] {
  const whole = count < WHOLE_BELOW;
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
