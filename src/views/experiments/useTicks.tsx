import { useMemo, useRef, useState } from 'react';

import { formatGroup, parseGroups } from '../../domain/compare/groups.ts';
import { Button } from '../../ui/Button.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { GroupDialog } from '../shared/GroupDialog.tsx';
import { experimentLabel, mostCompared, versionIn } from '../shared/experimentWords.ts';
import { useAddress } from '../shared/useAddress.ts';
import { listFields } from './fields.ts';
import { hasSameTotals } from './foldRows.ts';
import type { ExperimentListRow } from './useExperimentList.ts';

/** What a box stands for: a row of one experiment, or of several. */
interface TickedRow {
  readonly key: string;
  readonly ids: readonly string[];
  /** What the box is called. */
  readonly label: string;
}

/** What the boxes stand for: of an experiment whose records in several files differ, each but the first by its file. */
export function ticksOf(rows: readonly ExperimentListRow[]): (row: ExperimentListRow) => TickedRow {
  const firsts = new Map<string, ExperimentListRow>();
  for (const row of rows)
    if (!firsts.has(row.summary.experimentId)) firsts.set(row.summary.experimentId, row);
  return (row) => {
    const { key, summary, file } = row;
    const { experimentId } = summary;
    const first = firsts.get(experimentId) ?? row;
    const isVersion = first.file !== file && !hasSameTotals(first.summary, summary);
    return {
      key,
      ids: [isVersion ? versionIn(experimentId, file) : experimentId],
      label: `Compare ${experimentLabel(summary.name, experimentId)} of ${file.name}`,
    };
  };
}

interface Ticks<Row> {
  readonly columns: readonly GridColumn<Row>[];
  /** As they are sorted. */
  readonly rows: readonly Row[];
  readonly tickOf: (row: Row) => TickedRow;
  /** Experiments that may be ticked: each a line, or passes of a group. */
  readonly most: number;
}

/**
 * The columns with a box to tick experiments for a comparison, kept in the address. With Shift all rows from the box
 * pressed before get what this one gets, in the order of the list as it is sorted.
 */
export function useTicks<Row>({ columns, rows, tickOf, most }: Ticks<Row>) {
  const { search, patch } = useAddress(listFields);
  const ticked = useMemo(() => [...new Set(search.x ?? [])], [search.x]);
  const before = useRef<string>(undefined);
  const withBox = useMemo(() => {
    const has = new Set(ticked);
    const press = (row: Row, withShift: boolean) => {
      const { key, ids: own } = tickOf(row);
      const on = !own.every((id) => has.has(id));
      const sorted = rows.map(tickOf);
      const [from, to] = [before.current, key].map((one) => sorted.findIndex((other) => other.key === one));
      const range =
        withShift && from !== undefined && to !== undefined && from >= 0
          ? sorted.slice(Math.min(from, to), Math.max(from, to) + 1)
          : [tickOf(row)];
      const ids = new Set(range.flatMap((one) => one.ids));
      const next = on ? [...new Set([...ticked, ...ids])] : ticked.filter((id) => !ids.has(id));
      before.current = key;
      patch({ x: next.length === 0 ? undefined : next.slice(0, most) });
    };
    const box: GridColumn<Row> = {
      id: 'compare',
      header: 'Compare',
      headerTitle: `tick two to ${mostCompared} experiments; with Shift all from the last one ticked`,
      value: (row) => tickOf(row).ids.every((id) => has.has(id)),
      render: (row) => {
        const { ids, label } = tickOf(row);
        const count = ids.filter((id) => has.has(id)).length;
        const isTicked = count === ids.length;
        const isFull = !isTicked && ticked.length >= most;
        return (
          <label>
            <input
              type="checkbox"
              aria-label={label}
              title={isFull ? `${most} are ticked, which is the most` : undefined}
              disabled={isFull}
              checked={isTicked}
              ref={(element) => {
                if (element !== null) element.indeterminate = count > 0 && !isTicked;
              }}
              onChange={(event) =>
                press(row, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)
              }
            />
          </label>
        );
      },
      sortable: false,
      width: 70,
      narrow: 6,
    };
    const [first, ...rest] = columns;
    return first === undefined ? [box] : [first, box, ...rest];
  }, [columns, rows, ticked, patch, tickOf, most]);
  return { columns: withBox, ticked };
}

/** Makes one group of the experiments that are ticked, with a name; it is kept in the link. */
export function GroupByHand({ ids }: { readonly ids: readonly string[] }) {
  const { search, patch } = useAddress(listFields);
  const [isAsking, setAsking] = useState(false);
  const before = parseGroups(search.g ?? []);
  const group = (name: string) => {
    // An experiment is in one group: the newest takes it.
    const others = before
      .map((one) => ({ ...one, ids: one.ids.filter((id) => !ids.includes(id)) }))
      .filter((one) => one.ids.length > 0);
    patch({ g: [...others, { name, ids }].map(formatGroup), fold: 'passes' });
    setAsking(false);
  };
  return (
    <>
      <Button onClick={() => setAsking(true)}>Group {ids.length}</Button>
      {isAsking && (
        <GroupDialog
          count={ids.length}
          isTaken={(name) => before.some((one) => one.name === name)}
          onGroup={group}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
