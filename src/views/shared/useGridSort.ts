import { useMemo } from 'react';

import type { GridSort } from '../../ui/grid/gridColumn.ts';

/** A grid's sorting, kept in the field `sort` of the address as `final` or `-final`. */
export function useGridSort({
  search,
  patch,
}: SortedAddress): [GridSort | undefined, (sort: GridSort | undefined) => void] {
  const sort = useMemo(() => parseSort(search.sort), [search.sort]);
  return [sort, (next) => patch({ sort: formatSort(next) })];
}

interface SortedAddress {
  readonly search: { readonly sort: string | undefined };
  readonly patch: (fields: { readonly sort: string | undefined }) => void;
}

function parseSort(text: string | undefined): GridSort | undefined {
  if (text === undefined) return undefined;
  return text.startsWith('-')
    ? { columnId: text.slice(1), direction: 'descending' }
    : { columnId: text, direction: 'ascending' };
}

function formatSort(sort: GridSort | undefined): string | undefined {
  return sort === undefined ? undefined : `${sort.direction === 'descending' ? '-' : ''}${sort.columnId}`;
}
