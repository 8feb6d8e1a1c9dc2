import { useCallback, useEffect, useMemo, useState, type RefObject } from 'react';

import { loadText, saveText } from '../../storage/preferences.ts';
import { DEFAULT_COLUMN_WIDTH, type GridColumn } from '../../ui/grid/gridColumn.ts';
import { useRoom } from '../../ui/grid/useColumnWidths.ts';
import { useAddress } from '../shared/useAddress.ts';
import { listFields } from './fields.ts';

/** Below this the grid is a phone's: it has an order of its own and is moved sideways. */
const leastRoom = 560;
const longestChoice = 1000;

type Named<Column> = Column & { readonly label: string };

interface ListColumns<Column> {
  readonly all: readonly Named<Column>[];
  readonly shown: readonly Named<Column>[];
  /** In the address, and kept in this browser for the next list; undefined brings back the usual ones. */
  readonly setShown: (ids: readonly string[] | undefined) => void;
}

/**
 * The columns that the address names, else those that the reader chose last, in that order; else as many of `columns` as are whole in `table`, from the
 * first one on.
 */
export function useListColumns<Row>(
  columns: readonly GridColumn<Row>[],
  table: RefObject<HTMLElement | null>,
): ListColumns<GridColumn<Row>> {
  const room = useRoom(table);
  const { search, patch } = useAddress(listFields);
  const [habit, setHabit] = useState<readonly string[] | undefined>(() =>
    loadText('listColumns', longestChoice)?.split(' '),
  );
  const chosen = search.col ?? habit;
  useEffect(() => {
    // What is seen by habit is in the link too, for whoever has another.
    if (search.col === undefined && habit !== undefined) patch({ col: [...habit] });
  }, [search.col, habit, patch]);
  const all = useMemo(() => columns.map((column) => ({ ...column, label: column.header })), [columns]);
  const shown = useMemo(() => {
    const found = chosen?.flatMap((id) => all.find((column) => column.id === id) ?? []) ?? [];
    return found.length > 0 ? found : wholeIn(all, room);
  }, [all, chosen, room]);
  const setShown = useCallback(
    (ids: readonly string[] | undefined) => {
      setHabit(ids);
      saveText('listColumns', ids?.join(' ') ?? '');
      patch({ col: ids === undefined ? undefined : [...ids] });
    },
    [patch],
  );
  return { all, shown, setShown };
}

function wholeIn<Column extends Pick<GridColumn<never>, 'width'>>(
  columns: readonly Column[],
  room: number,
): readonly Column[] {
  if (room < leastRoom) return columns;
  let taken = 0;
  const end = columns.findIndex(({ width = DEFAULT_COLUMN_WIDTH }) => (taken += width) > room);
  return end < 0 ? columns : columns.slice(0, Math.max(1, end));
}
