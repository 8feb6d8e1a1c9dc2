import { useMemo, useRef } from 'react';

import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { experimentLabel } from '../shared/experimentWords.ts';
import { useAddress } from '../shared/useAddress.ts';
import { listFields } from './fields.ts';
import type { ExperimentListRow } from './useExperimentRows.ts';

type Column = GridColumn<ExperimentListRow>;

/** No more lines can be told apart in one figure. */
const mostTicked = 12;

/**
 * The columns with a box to tick experiments for a comparison, kept in the address. With Shift all rows from the box
 * pressed before get what this one gets, in the order of the list as it is sorted.
 */
export function useTicks(
  columns: readonly Column[],
  /** As they are sorted. */
  rows: readonly ExperimentListRow[],
) {
  const { search, patch } = useAddress(listFields);
  const ticked = useMemo(() => [...new Set(search.x ?? [])], [search.x]);
  const before = useRef<string>(undefined);
  const withBox = useMemo(() => {
    const press = (row: ExperimentListRow, withShift: boolean) => {
      const on = !ticked.includes(row.summary.experimentId);
      const [from, to] = [before.current, row.key].map((key) => rows.findIndex((one) => one.key === key));
      const range =
        withShift && from !== undefined && to !== undefined && from >= 0
          ? rows.slice(Math.min(from, to), Math.max(from, to) + 1)
          : [row];
      const ids = new Set<string>(range.map(({ summary }) => summary.experimentId));
      const next = on ? [...new Set([...ticked, ...ids])] : ticked.filter((id) => !ids.has(id));
      before.current = row.key;
      patch({ x: next.length === 0 ? undefined : next.slice(0, mostTicked) });
    };
    const box: Column = {
      id: 'compare',
      header: 'Compare',
      headerTitle: `tick two to ${mostTicked} experiments; with Shift all from the last one ticked`,
      value: ({ summary }) => ticked.includes(summary.experimentId),
      render: (row) => {
        const { name, experimentId } = row.summary;
        const isTicked = ticked.includes(experimentId);
        const isFull = !isTicked && ticked.length >= mostTicked;
        return (
          <input
            type="checkbox"
            aria-label={`Compare ${experimentLabel(name, experimentId)} of ${row.file.name}`}
            title={isFull ? `${mostTicked} are ticked, which is the most` : undefined}
            disabled={isFull}
            checked={isTicked}
            onChange={(event) =>
              press(row, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)
            }
          />
        );
      },
      sortable: false,
      width: 70,
      narrow: 6,
    };
    const [first, ...rest] = columns;
    return first === undefined ? [box] : [first, box, ...rest];
  }, [columns, rows, ticked, patch]);
  return { columns: withBox, ticked };
}
