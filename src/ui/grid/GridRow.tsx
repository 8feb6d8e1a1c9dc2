import { memo, type MouseEvent, type ReactNode } from 'react';
import styles from './DataGrid.module.css';
import { cx } from '../cx.ts';
import { numberText } from '../../lib/format.ts';
import { cellText, type GridColumn } from './gridColumn.ts';
import type { ColumnSlot } from './useGridWindow.ts';

export interface GridRowProps<Row> {
  readonly row: Row;
  /** Place in the part that is shown; `first` is that of the part in the whole table. */
  readonly index: number;
  readonly first: number;
  readonly columns: readonly GridColumn<Row>[];
  /** The columns that are drawn, and the room between them. */
  readonly slots: readonly ColumnSlot[];
  /** `undefined`: this grid keeps no selection, and this is not the row that the reader is in. */
  readonly selected: boolean | undefined;
  readonly activeColumn: number | undefined;
  /** First and last column that are chosen for copying. */
  readonly chosenFrom: number | undefined;
  readonly chosenTo: number | undefined;
  readonly href: string | undefined;
  readonly linkColumnId: string | undefined;
  readonly onActivate: ((row: Row) => void) | undefined;
  readonly onSelect: ((row: Row) => void) | undefined;
  readonly data: RowData | undefined;
}

/** Marks of a row for scripts and tests. */
export type RowData = Readonly<Record<`data-${string}`, string>>;

const isPlainClick = (event: MouseEvent) =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

function cellContent<Row>(column: GridColumn<Row>, row: Row): ReactNode {
  if (column.render !== undefined) return column.render(row);
  const value = column.value(row);
  if (value === undefined) return <span className={styles.absent}>–</span>;
  return typeof value === 'number' ? numberText(value) : cellText(value);
}

function PlainGridRow<Row>(props: GridRowProps<Row>) {
  const { row, index, first, columns, slots, selected, activeColumn, href, linkColumnId, onActivate, data } =
    props;
  const { chosenFrom, chosenTo, onSelect } = props;

  const isOnWidget = (event: MouseEvent) =>
    event.target instanceof Element && event.target.closest('a, button, input, label, summary') !== null;

  const select = (event: MouseEvent<HTMLTableRowElement>) => {
    if (isOnWidget(event) || window.getSelection()?.isCollapsed === false) return;
    if (isPlainClick(event)) onSelect?.(row);
  };

  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    if (onActivate === undefined || !isPlainClick(event)) return;
    event.preventDefault();
    onActivate(row);
  };

  return (
    // The keyboard's way is Enter, handled once for the whole grid (useGridFocus).
    <tr
      {...data}
      role="row"
      aria-rowindex={first + index + 2}
      aria-selected={selected}
      className={cx(
        styles.row,
        onSelect !== undefined && styles.canOpen,
        selected === true && styles.selected,
      )}
      onClick={onSelect === undefined ? undefined : select}
    >
      {slots.map((slot) => {
        if (typeof slot !== 'number') return <td key={`room before ${slot.before}`} aria-hidden />;
        const [columnIndex, column] = [slot, columns[slot]];
        if (column === undefined) return null;
        const content = cellContent(column, row);
        const isChosen =
          chosenFrom !== undefined &&
          chosenTo !== undefined &&
          columnIndex >= chosenFrom &&
          columnIndex <= chosenTo;
        return (
          <td
            key={column.id}
            role="gridcell"
            aria-colindex={columnIndex + 1}
            data-row={index}
            data-column={columnIndex}
            aria-selected={isChosen || undefined}
            tabIndex={activeColumn === columnIndex ? 0 : -1}
            className={cx(column.align === 'end' && styles.end)}
            title={column.align !== 'end' && typeof content === 'string' ? content : undefined}
          >
            {href !== undefined && column.id === linkColumnId ? (
              <a href={href} data-row-link="" onClick={follow}>
                {content}
              </a>
            ) : (
              content
            )}
          </td>
        );
      })}
    </tr>
  );
}

/**
 * One line of the grid. A click anywhere in it selects the row, except on something that can be pressed; its link,
 * or Enter, opens it.
 * Not drawn again while others scroll by. The cast gives back the type parameter that `memo` loses.
 */
export const GridRow = memo(PlainGridRow) as typeof PlainGridRow;
