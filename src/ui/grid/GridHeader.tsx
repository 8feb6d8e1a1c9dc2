import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronUp from 'lucide-react/icons/chevron-up';
import type { ReactNode } from 'react';
import styles from './DataGrid.module.css';
import { cx } from '../cx.ts';
import { fullHeader, type GridColumn, type GridSort } from './gridColumn.ts';
import type { GroupHeading } from './useGridHeaders.ts';
import type { ColumnSlot } from './useGridWindow.ts';

export interface GridHeaderProps<Row> {
  readonly columns: readonly GridColumn<Row>[];
  /** The columns that are drawn, and the room between them. */
  readonly slots: readonly ColumnSlot[];
  readonly groups: readonly GroupHeading[];
  readonly sort: GridSort | undefined;
  readonly onSort: (columnId: string) => void;
  /** The column whose heading is the grid's tab stop, if one is. */
  readonly activeColumn: number | undefined;
  readonly below?: ((column: GridColumn<Row>) => ReactNode) | undefined;
}

/** The heading lines. Groups are drawn apart but spoken as part of each heading, so one line counts. */
export function GridHeader<Row>(props: GridHeaderProps<Row>) {
  const { columns, slots, groups, sort, onSort, activeColumn, below } = props;
  return (
    <thead className={styles.head} role="rowgroup">
      {groups.length > 0 && (
        <tr aria-hidden className={styles.groups}>
          {drawnGroups(groups, slots).map((group) => (
            <th key={group.key} colSpan={group.span} className={cx(group.text !== undefined && styles.group)}>
              {group.text}
            </th>
          ))}
        </tr>
      )}
      <tr role="row" aria-rowindex={1}>
        {slots.map((slot) => {
          if (typeof slot !== 'number') return <th key={`room before ${slot.before}`} aria-hidden />;
          const [index, column] = [slot, columns[slot]];
          if (column === undefined) return null;
          const direction = sort?.columnId === column.id ? sort.direction : undefined;
          const place = { 'data-row': -1, 'data-column': index, tabIndex: activeColumn === index ? 0 : -1 };
          const style = column.headerColor === undefined ? undefined : { color: column.headerColor };
          const Arrow = direction === 'descending' ? ChevronDown : ChevronUp;
          return column.sortable === false ? (
            <th
              key={column.id}
              role="columnheader"
              aria-colindex={index + 1}
              aria-label={fullHeader(column)}
              title={column.headerTitle}
              className={cx(styles.plainHeading, column.align === 'end' && styles.end)}
              style={style}
              {...place}
            >
              {column.header}
              {below?.(column)}
            </th>
          ) : (
            <th
              key={column.id}
              role="columnheader"
              aria-colindex={index + 1}
              aria-sort={direction ?? 'none'}
              aria-label={fullHeader(column)}
              className={cx(column.align === 'end' && styles.end)}
              style={style}
            >
              <button
                type="button"
                className={styles.sort}
                title={column.headerTitle}
                aria-label={fullHeader(column)}
                onClick={() => onSort(column.id)}
                {...place}
              >
                <span className={styles.sortText}>{column.header}</span>
                <Arrow className={cx(direction === undefined && styles.unsorted)} size={12} aria-hidden />
              </button>
              {below?.(column)}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

/** The headings of groups over what is drawn of their columns, and one without words over each room between. */
function drawnGroups(groups: readonly GroupHeading[], slots: readonly ColumnSlot[]): readonly GroupHeading[] {
  const groupOf = groups.flatMap((group) => Array.from({ length: group.span }, () => group));
  const drawn: GroupHeading[] = [];
  let previous: GroupHeading | undefined;
  for (const slot of slots) {
    const group = typeof slot === 'number' ? groupOf[slot] : undefined;
    const last = drawn.at(-1);
    if (group !== undefined && group === previous && last !== undefined) {
      drawn[drawn.length - 1] = { ...last, span: last.span + 1 };
    } else if (typeof slot === 'number') {
      drawn.push({ key: `${group?.key ?? ''} from ${slot}`, text: group?.text, span: 1 });
    } else {
      drawn.push({ key: `room before ${slot.before}`, text: undefined, span: 1 });
    }
    previous = group;
  }
  return drawn;
}
