import { rowSortingFeature, tableFeatures, useTable, type ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import type { GridColumn, GridSort } from './gridColumn.ts';

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

export interface GroupHeading {
  readonly key: string;
  /** `undefined` over columns without a group. */
  readonly text: string | undefined;
  readonly span: number;
}

export interface GridHeaders {
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
