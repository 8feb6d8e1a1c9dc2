import { rowSortingFeature, tableFeatures, useTable, type ColumnDef } from '@tanstack/react-table';
import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronUp from 'lucide-react/icons/chevron-up';
import { type ReactNode, useMemo } from 'react';

import { cx } from '../cx.ts';
import styles from './DataGrid.module.css';
import { fullHeader, type GridColumn, type GridSort } from './gridColumn.ts';
import type { ColumnSlot } from './useGridWindow.ts';

interface GridHeaderProps<Row> {
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

const features = tableFeatures({ rowSortingFeature });
type NoRow = Record<string, never>;
type Def = ColumnDef<typeof features, NoRow>;
/** The table model holds no rows: see sortRows.ts for what its rows cost. */
const NO_ROWS: readonly NoRow[] = [];

function leafDef<Row>(column: GridColumn<Row>): Def {
  return {
    id: column.id,
    header: column.header,
    // Without an accessor a column cannot be sorted.
    accessorFn: () => undefined,
    enableSorting: column.sortable !== false,
    sortDescFirst: column.firstSort === 'descending',
  };
}

/** Neighbours of the same group under one heading. */
function columnDefs<Row>(columns: readonly GridColumn<Row>[]): Def[] {
  const defs: Def[] = [];
  for (let start = 0; start < columns.length;) {
    const first = columns[start];
    if (first === undefined) break;
    let end = start + 1;
    while (first.group !== undefined && columns[end]?.group === first.group) end += 1;
    const leaves = columns.slice(start, end).map(leafDef);
    if (first.group === undefined) defs.push(...leaves);
    else defs.push({ id: `group of ${first.id}`, header: first.group, columns: leaves });
    start = end;
  }
  return defs;
}

interface GroupHeading {
  readonly key: string;
  /** `undefined` over columns without a group. */
  readonly text: string | undefined;
  readonly span: number;
}

interface GridHeaders {
  /** Empty when no column has a group. */
  readonly groups: readonly GroupHeading[];
  /** The next order of a column: its first one, then the other, then the order the rows came in. */
  readonly nextSort: (columnId: string) => GridSort | undefined;
}

/** Columns, their groups and the cycle of sorting, as TanStack Table models them. */
export function useGridHeaders<Row>(
  columns: readonly GridColumn<Row>[],
  sort: GridSort | undefined,
): GridHeaders {
  const defs = useMemo(() => columnDefs(columns), [columns]);
  const sorting = sort === undefined ? [] : [{ id: sort.columnId, desc: sort.direction === 'descending' }];
  const table = useTable({ features, columns: defs, data: NO_ROWS, manualSorting: true, state: { sorting } });
  const headerGroups = table.getHeaderGroups();
  const groups =
    headerGroups.length < 2
      ? []
      : (headerGroups[0]?.headers ?? []).map((header) => ({
          key: header.id,
          text: header.isPlaceholder ? undefined : String(header.column.columnDef.header),
          span: header.colSpan,
        }));
  return {
    groups,
    nextSort: (columnId) => {
      const next = table.getColumn(columnId)?.getNextSortingOrder() ?? false;
      return next === false
        ? undefined
        : { columnId, direction: next === 'desc' ? 'descending' : 'ascending' };
    },
  };
}
