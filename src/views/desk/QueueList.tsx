import { useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, type KeyboardEvent } from 'react';

import { doesNotFollow } from '../../domain/contradictions/contradiction.ts';
import type { Opinion } from '../../storage/reviews/review.ts';
import { cx } from '../../ui/cx.ts';
import { observeShownRect, windowIndexes } from '../../ui/grid/useGridWindow.ts';
import type { QueueItem } from './arrange.ts';
import type { ContradictionsOf, DeskRow } from './deskRow.ts';
import styles from './QueueList.module.css';
import { QueueCells } from './QueueRow.tsx';
import type { SpreadOf } from './useDesk.ts';

interface QueueListProps {
  readonly items: readonly QueueItem[];
  readonly rowCount: number;
  readonly selectedKey: string | undefined;
  readonly onSelect: (row: DeskRow) => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly opinionOf: (row: DeskRow) => Opinion | undefined;
  readonly spreadOf: SpreadOf;
  readonly contradictionsOf: ContradictionsOf;
  /** Several experiments: rows say which. */
  readonly withExperiment: boolean;
  readonly emptyText: string;
}

/** Pixels; the heights of `.heading` and `.row`. */
const headingHeight = 33;
const rowHeight = 57;

const headers = ['k', 'Agent', 'Proposed', 'Saving', 'Reason', 'Miss', 'Verdict', 'Judgement'] as const;

/** The proposals as a list of two-line rows under headings: a grid for assistive technology, virtual for the eye. */
export function QueueList(props: QueueListProps) {
  const { items, rowCount, selectedKey, onSelect, onMove, opinionOf, spreadOf, contradictionsOf } = props;
  const { withExperiment, emptyText } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const selectedIndex = items.findIndex((item) => item.type === 'row' && item.key === selectedKey);
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (items[index]?.type === 'heading' ? headingHeight : rowHeight),
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 8,
    initialRect: { width: 350, height: 700 },
    observeElementRect: observeShownRect,
    // The selected row is the grid's tab stop, so it is always there.
    rangeExtractor: useCallback((range: Range) => windowIndexes(range, selectedIndex), [selectedIndex]),
  });
  useEffect(() => {
    // Sizes depend on what the items are, which the virtualizer cannot see.
    virtualizer.measure();
  }, [virtualizer, items]);
  useEffect(() => {
    if (selectedIndex < 0) return;
    // The first row takes its heading along.
    virtualizer.scrollToIndex(selectedIndex === 1 ? 0 : selectedIndex, { align: 'auto' });
    const grid = scroller.current;
    if (grid?.contains(document.activeElement) === true) {
      grid.querySelector<HTMLElement>('[aria-selected="true"]')?.focus({ preventScroll: true });
    }
  }, [virtualizer, selectedIndex]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    onMove(event.key === 'ArrowDown' ? 1 : -1);
  };
  const tabStop = selectedIndex < 0 ? 1 : selectedIndex;
  return (
    <div ref={scroller} className={styles.scroller}>
      <div
        role="grid"
        aria-label="Proposals"
        aria-rowcount={rowCount + 1}
        aria-colcount={headers.length + (withExperiment ? 1 : 0)}
        className={styles.grid}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        <div role="row" aria-rowindex={1} className={styles.headers}>
          {[...headers, ...(withExperiment ? ['Experiment'] : [])].map((header) => (
            <span key={header} role="columnheader">
              {header}
            </span>
          ))}
        </div>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const item = items[index];
          if (item === undefined) return null;
          const place = { transform: `translateY(${start}px)` };
          if (item.type === 'heading') {
            return (
              <div key={item.key} aria-hidden className={styles.heading} style={place}>
                <span>{item.title}</span>
                <span>{item.count}</span>
              </div>
            );
          }
          const isSelected = item.key === selectedKey;
          const contradictions = contradictionsOf(item.row);
          return (
            <div
              key={item.key}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={isSelected}
              data-follows={contradictions.some(doesNotFollow) ? 'no' : undefined}
              tabIndex={index === tabStop ? 0 : -1}
              className={cx(styles.row, isSelected && styles.selected)}
              style={place}
              onClick={() => onSelect(item.row)}
            >
              <QueueCells
                row={item.row}
                opinion={opinionOf(item.row)}
                spread={spreadOf(item.row)}
                contradictions={contradictions}
                withExperiment={withExperiment}
              />
            </div>
          );
        })}
      </div>
      {rowCount === 0 && <p className={styles.empty}>{emptyText}</p>}
    </div>
  );
}
