import { useCallback, useMemo } from 'react';

import type { GridSort } from '../../ui/grid/gridColumn.ts';
import { sortRows } from '../../ui/grid/sortRows.ts';
import { useAddress } from '../shared/useAddress.ts';
import type { DeskRow } from '../shared/proposals/deskRow.ts';
import { proposalsFields } from './fields.ts';
import { formatFilter, type Filter } from '../shared/proposals/filter.ts';
import { readFilters } from '../shared/proposals/readFilters.ts';
import type { ProposalColumn } from '../shared/proposals/numberColumns.tsx';

/** More keys than these are forgotten, the oldest first. */
const mostKeys = 4;

/** What the address says of the table, and how to change it. */
export interface ProposalTable {
  /** One a column. */
  readonly filters: ReadonlyMap<string, Filter>;
  /** Conditions of the link that fit no column of the open files. */
  readonly unknown: readonly string[];
  /** Rows that fulfil every condition, as the files have them. */
  readonly passed: readonly DeskRow[];
  /** The same in the order asked for. */
  readonly left: readonly DeskRow[];
  readonly setFilter: (column: string, filter: Filter | undefined) => void;
  /** Several at once; undefined takes the condition on a column away. */
  readonly setFilters: (changed: ReadonlyMap<string, Filter | undefined>) => void;
  readonly clearFilters: () => void;
  /** The first one orders most. */
  readonly order: readonly GridSort[];
  /** By this column first, then as before; undefined takes the first key away. */
  readonly setSort: (sort: GridSort | undefined) => void;
  readonly clearOrder: () => void;
  readonly shown: readonly ProposalColumn[];
  readonly setShown: (ids: readonly string[] | undefined) => void;
}

export function useProposalTable(
  rows: readonly DeskRow[],
  columns: readonly ProposalColumn[],
): ProposalTable {
  const { search, patch } = useAddress(proposalsFields);
  const { filters, unknown, fits } = useMemo(() => readFilters(search.f ?? [], columns), [search.f, columns]);
  const order = useMemo(() => readOrder(search.sort ?? [], columns), [search.sort, columns]);
  const passed = useMemo(() => (filters.size === 0 ? rows : rows.filter(fits)), [rows, filters, fits]);
  // All rows, once an order: a condition then only picks from them.
  const ordered = useMemo(() => sorted(rows, columns, order), [rows, columns, order]);
  const left = useMemo(() => {
    if (ordered === rows) return passed;
    return passed === rows ? ordered : ordered.filter(fits);
  }, [ordered, rows, passed, fits]);
  const shown = useMemo(() => shownColumns(search.col, columns), [search.col, columns]);
  const setFilters = useCallback(
    (changed: ReadonlyMap<string, Filter | undefined>) => {
      const kept = [...filters].filter(([id]) => !changed.has(id)).map(([, one]) => one);
      const next = [...kept, ...[...changed.values()].filter((one) => one !== undefined)];
      patch({ f: next.length === 0 ? undefined : next.map(formatFilter) });
    },
    [filters, patch],
  );
  const setFilter = useCallback(
    (column: string, filter: Filter | undefined) => setFilters(new Map([[column, filter]])),
    [setFilters],
  );
  const setSort = useCallback(
    (sort: GridSort | undefined) => {
      const others = order
        .filter(({ columnId }) => columnId !== sort?.columnId)
        .slice(sort === undefined ? 1 : 0);
      const next = (sort === undefined ? others : [sort, ...others]).slice(0, mostKeys);
      patch({ sort: next.length === 0 ? undefined : next.map(formatKey) });
    },
    [order, patch],
  );
  return {
    filters,
    unknown,
    passed,
    left,
    setFilter,
    setFilters,
    clearFilters: () => patch({ f: undefined }),
    order,
    setSort,
    clearOrder: () => patch({ sort: undefined }),
    shown,
    setShown: (ids) => patch({ col: ids === undefined ? undefined : [...ids] }),
  };
}

const formatKey = ({ columnId, direction }: GridSort) =>
  `${direction === 'descending' ? '-' : ''}${columnId}`;

function readOrder(texts: readonly string[], columns: readonly ProposalColumn[]): readonly GridSort[] {
  return texts.flatMap((text) => {
    const descending = text.startsWith('-');
    const columnId = descending ? text.slice(1) : text;
    if (!columns.some(({ id }) => id === columnId)) return [];
    return [{ columnId, direction: descending ? 'descending' : 'ascending' } as const];
  });
}

/** The last key first: each sort keeps the order of what it finds equal. */
function sorted(
  rows: readonly DeskRow[],
  columns: readonly ProposalColumn[],
  order: readonly GridSort[],
): readonly DeskRow[] {
  return order.toReversed().reduce((found, key) => sortRows(found, columns, key), rows);
}

function shownColumns(
  ids: readonly string[] | undefined,
  columns: readonly ProposalColumn[],
): readonly ProposalColumn[] {
  const named = ids?.flatMap((id) => columns.find((column) => column.id === id) ?? []) ?? [];
  return named.length === 0 ? columns.filter(({ shown }) => shown) : named;
}
