import { useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, type KeyboardEvent } from 'react';
import { doesNotFollow, type Contradiction } from '../../domain/contradictions/contradiction.ts';
import type { Opinion } from '../../storage/reviews/review.ts';
import { cx } from '../../ui/cx.ts';
import { usePrinting } from '../../ui/usePrinting.ts';
import { observeShownRect, windowIndexes } from '../../ui/grid/useGridWindow.ts';
import type { QueueItem } from './arrange.ts';
import type { ContradictionsOf, DeskRow } from '../shared/proposals/deskRow.ts';
import styles from './QueueList.module.css';
import type { SpreadOf } from '../shared/proposals/ReadingProposals.tsx';
import { formatMoney } from '../../lib/format.ts';
import type { SampleSaving } from '../../domain/answers/desk.ts';
import { savingOf } from '../../domain/experiment/saving.ts';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { ContradictionMark } from '../shared/Contradictions.tsx';
import { savingNote, kindTitles, missWords, rowReason } from '../shared/proposals/proposalWords.ts';
import { verdictWords } from '../../domain/experiment/verdict.ts';
import { changeWords } from './deskColumns.tsx';
import { opinionWords } from './judgement/judgements.ts';

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

/** Lines of the list on paper. */
const mostPrinted = 400;

const headers = [
  'Iteration',
  'Agent',
  'Proposed',
  'Miss',
  'Reason',
  'Saving',
  'Verdict',
  'Judgement',
] as const;

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

  const printing = usePrinting();
  const drawn = printing
    ? items.slice(0, mostPrinted).map((_, index) => ({ index, start: 0 }))
    : virtualizer.getVirtualItems();
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
        {drawn.map(({ index, start }) => {
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
      {printing && items.length > mostPrinted && (
        <p className={styles.empty}>
          {mostPrinted} lines of {items.length} are printed; the export of the table has all.
        </p>
      )}
      {rowCount === 0 && <p className={styles.empty}>{emptyText}</p>}
    </div>
  );
}

interface QueueCellsProps {
  readonly row: DeskRow;
  readonly opinion: Opinion | undefined;
  readonly spread: SampleSaving | undefined;
  readonly contradictions: readonly Contradiction[];
  readonly withExperiment: boolean;
}

/** The cells of one proposal: two lines for the eye, a row of a grid for assistive technology. */
function QueueCells({ row, opinion, spread, contradictions, withExperiment }: QueueCellsProps) {
  const { proposal, kind } = row;
  const saving = savingOf(proposal);
  const miss = missWords(row);
  const reason = rowReason(row, spread);
  return (
    <>
      <span role="gridcell" className={styles.k}>
        <span aria-hidden>iter </span>
        {proposal.iteration}
      </span>
      <span className={styles.line}>
        <span role="gridcell" className={styles.agent}>
          {proposal.agentId}
        </span>
        <span role="gridcell" className={styles.change}>
          {changeWords(row)}
        </span>
        <span role="gridcell" className={styles.miss} title="what orders the rows of a kind">
          {kind === 'accepted' && miss !== undefined && <VisuallyHidden>saves </VisuallyHidden>}
          {miss ?? ''}
        </span>
      </span>
      <span className={styles.line}>
        <span role="gridcell" className={styles.reason} title={reason}>
          {/* Before the reason: it is seen whole where the line has no room for both. */}
          {contradictions.length > 0 && <ContradictionMark found={contradictions} />}
          <span className={styles.reasonWords}>{reason}</span>
        </span>
        <span
          role="gridcell"
          className={cx(styles.saving, toneOf(saving?.cents))}
          title={savingNote(proposal)}
        >
          {saving === undefined ? '' : formatMoney(saving.cents)}
        </span>
        <span role="gridcell" className={styles.verdict}>
          <VisuallyHidden>
            {verdictWords[proposal.verdict]}: {kindTitles[kind]}
          </VisuallyHidden>
        </span>
        <span role="gridcell" className={styles.opinion}>
          {opinion === undefined ? '' : opinionWords[opinion]}
        </span>
        {withExperiment && (
          <span
            role="gridcell"
            className={styles.experiment}
            title={`${row.experimentId} in ${row.file.name}`}
          >
            {row.experimentId}
          </span>
        )}
      </span>
    </>
  );
}

function toneOf(saving: bigint | undefined): string | undefined {
  if (saving === undefined || saving === 0n) return undefined;
  return saving < 0n ? styles.loss : styles.gain;
}
