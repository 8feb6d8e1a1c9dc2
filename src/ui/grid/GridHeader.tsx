import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronUp from 'lucide-react/icons/chevron-up';
import styles from './DataGrid.module.css';
import { cx } from '../cx.ts';
import { fullHeader, type GridColumn, type GridSort } from './gridColumn.ts';
import type { GroupHeading } from './useGridHeaders.ts';

export interface GridHeaderProps<Row> {
  readonly columns: readonly GridColumn<Row>[];
  readonly groups: readonly GroupHeading[];
  readonly sort: GridSort | undefined;
  readonly onSort: (columnId: string) => void;
  /** The column whose heading is the grid's tab stop, if one is. */
  readonly activeColumn: number | undefined;
}

/** The heading lines. Groups are drawn apart but spoken as part of each heading, so one line counts. */
export function GridHeader<Row>({ columns, groups, sort, onSort, activeColumn }: GridHeaderProps<Row>) {
  return (
    <thead className={styles.head} role="rowgroup">
      {groups.length > 0 && (
        <tr aria-hidden className={styles.groups}>
          {groups.map((group) => (
            <th key={group.key} colSpan={group.span} className={cx(group.text !== undefined && styles.group)}>
              {group.text}
            </th>
          ))}
        </tr>
      )}
      <tr role="row" aria-rowindex={1}>
        {columns.map((column, index) => {
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
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
