import { useCallback, useMemo } from 'react';

import type { GridSort } from '../../ui/grid/gridColumn.ts';
import { sortRows } from '../../ui/grid/sortRows.ts';
import { useAddress } from '../shared/useAddress.ts';
import type { DeskRow } from '../shared/proposals/deskRow.ts';
import { proposalsFields } from './fields.ts';
import { formatFilter, none, type Filter } from '../shared/proposals/filter.ts';
import {
  formatKey,
  readOrder,
  fitsAll,
  isWithout,
  readFilters,
  type ReadFilter,
} from '../shared/proposals/readAddress.ts';
import type { ValuesOf } from '../shared/proposals/typedFilter.ts';
import type { ProposalColumn } from '../shared/proposals/numberColumns.tsx';

/** More keys than these are forgotten, the oldest first. */
const mostKeys = 4;

/** What the address says of the table, and how to change it. */
export interface ProposalTable {
  /** All of them hold at once. */
  readonly filters: readonly TableFilter[];
  readonly filtersOn: (column: string) => readonly Filter[];
  /** Conditions of the link that fit no column of the open files. */
  readonly unknown: readonly string[];
  /** A sentence on each name that a condition asks for and no proposal has. */
  readonly unmet: readonly string[];
  /** Rows that fulfil every condition, in the order asked for. */
  readonly left: readonly DeskRow[];
  /** A further condition, beside those on the same column. */
  readonly addFilter: (filter: Filter) => void;
  readonly removeFilter: (filter: Filter) => void;
  /** These in place of all conditions on the columns. */
  readonly setFilters: (changed: ReadonlyMap<string, readonly Filter[]>) => void;
  readonly clearFilters: () => void;
  /** The first one orders most. */
  readonly order: readonly GridSort[];
  /** By this column first, then as before; undefined takes the first key away. */
  readonly setSort: (sort: GridSort | undefined) => void;
  readonly clearOrder: () => void;
  readonly shown: readonly ProposalColumn[];
  readonly setShown: (ids: readonly string[] | undefined) => void;
}

/** A condition, and what it leaves out for want of a value. */
interface TableFilter extends ReadFilter {
  /** Rows that fulfil the conditions on the other columns and have no value in this one. */
  readonly without: number;
}

export function useProposalTable(
  rows: readonly DeskRow[],
  columns: readonly ProposalColumn[],
  valuesOf: ValuesOf<DeskRow>,
): ProposalTable {
  const { search, patch } = useAddress(proposalsFields);
  const {
    filters: read,
    unknown,
    unmet,
  } = useMemo(() => readFilters(search.f ?? [], columns, valuesOf), [search.f, columns, valuesOf]);
  const fits = useMemo(() => fitsAll(read), [read]);
  const order = useMemo(() => readOrder(search.sort ?? [], columns), [search.sort, columns]);
  const withoutOf = useMemo(() => rowsWithout(rows), [rows]);
  const filters = useMemo(
    () => read.map((one) => ({ ...one, without: countWithout(one, read, withoutOf) })),
    [read, withoutOf],
  );
  // All rows, once an order: a condition then only picks from them.
  const ordered = useMemo(() => sortRows(rows, columns, order), [rows, columns, order]);
  const left = useMemo(() => (read.length === 0 ? ordered : ordered.filter(fits)), [ordered, read, fits]);
  const shown = useMemo(() => shownColumns(search.col, columns), [search.col, columns]);
  const asked = useMemo(() => read.map(({ filter }) => filter), [read]);
  const setAll = useCallback(
    (next: readonly Filter[]) =>
      patch({ f: next.length === 0 ? undefined : [...new Set(next.map(formatFilter))] }),
    [patch],
  );
  const setFilters = useCallback(
    (changed: ReadonlyMap<string, readonly Filter[]>) =>
      setAll([...asked.filter(({ column }) => !changed.has(column)), ...[...changed.values()].flat()]),
    [asked, setAll],
  );
  const addFilter = useCallback((filter: Filter) => setAll([...asked, filter]), [asked, setAll]);
  const removeFilter = useCallback(
    (filter: Filter) => setAll(asked.filter((one) => one !== filter)),
    [asked, setAll],
  );
  const filtersOn = useCallback((id: string) => asked.filter(({ column }) => column === id), [asked]);
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
    filtersOn,
    unknown,
    unmet,
    left,
    addFilter,
    removeFilter,
    setFilters,
    clearFilters: () => patch({ f: undefined }),
    order,
    setSort,
    clearOrder: () => patch({ sort: undefined }),
    shown,
    setShown: (ids) => patch({ col: ids === undefined ? undefined : [...ids] }),
  };
}

type WithoutOf = (column: ProposalColumn) => readonly DeskRow[];

/** The rows that have no value in a column, looked for once a column. */
function rowsWithout(rows: readonly DeskRow[]): WithoutOf {
  const known = new WeakMap<ProposalColumn, readonly DeskRow[]>();
  return (column) => {
    const found = known.get(column) ?? rows.filter((row) => isWithout(column, row));
    known.set(column, found);
    return found;
  };
}

/** None where the condition lets rows without a value through, or asks for them. */
function countWithout(
  { column, filter, test }: ReadFilter,
  filters: readonly ReadFilter[],
  withoutOf: WithoutOf,
): number {
  if (filter.operand === none || filter.operator === '~') return 0;
  const others = fitsAll(filters.filter((one) => one.column !== column));
  return withoutOf(column).filter((row) => !test(row) && others(row)).length;
}

function shownColumns(
  ids: readonly string[] | undefined,
  columns: readonly ProposalColumn[],
): readonly ProposalColumn[] {
  const named = ids?.flatMap((id) => columns.find((column) => column.id === id) ?? []) ?? [];
  return named.length === 0 ? columns.filter(({ shown }) => shown) : named;
}
