import { useMemo, useState } from 'react';

import { formatGroup, parseGroups } from '../../domain/compare/groups.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import type { GridSort } from '../../ui/grid/gridColumn.ts';
import { sortRows } from '../../ui/grid/sortRows.ts';
import { hrefTo } from '../../url/addresses.ts';
import { experimentLabel } from '../shared/experimentWords.ts';
import { useAddress } from '../shared/useAddress.ts';
import { listFields } from './fields.ts';
import { foldColumns } from './foldColumns.tsx';
import { foldedGroups, foldRows, type FoldedGroup, type FoldRow } from './foldRows.ts';
import type { ExperimentListRow } from './useExperimentList.ts';
import { useTicks } from './useTicks.tsx';

interface FoldedListProps {
  readonly groups: readonly FoldedGroup[];
  /** Those that no filter leaves out too. */
  readonly all: readonly ExperimentListRow[];
  readonly sort: GridSort | undefined;
  readonly onSortChange: (sort: GridSort | undefined) => void;
  readonly placeOf: (row: ExperimentListRow) => string;
  readonly emptyText: string;
}

/** Passes are counted in hundreds at most; each is a line of the address. */
const mostTickedPasses = 500;

const tickOf = ({ key, group, member }: FoldRow) => ({
  key,
  ids:
    member === undefined
      ? group.members.map(({ row }) => row.summary.experimentId)
      : [member.row.summary.experimentId],
  label:
    member === undefined
      ? `Compare the passes of ${group.name}`
      : `Compare ${experimentLabel(member.row.summary.name, member.row.summary.experimentId)} of ${member.row.file.name}`,
});

/** The experiments, passes of one under one row that says what they come to together. */
export function FoldedList({ groups, all, sort, onSortChange, placeOf, emptyText }: FoldedListProps) {
  const { search, patch } = useAddress(listFields);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => foldRows(groups, unfolded), [groups, unfolded]);
  const whole = useMemo(() => {
    const every = foldedGroups(all, search.g ?? []);
    return foldRows(every, new Set(every.map(({ key }) => key)));
  }, [all, search.g]);
  const facts = useMemo(
    () =>
      foldColumns(groups, {
        unfolded,
        onFold: ({ key }) =>
          setUnfolded(
            (before) =>
              new Set(before.has(key) ? [...before].filter((one) => one !== key) : [...before, key]),
          ),
        onUngroup: ({ name }) => {
          const left = parseGroups(search.g ?? []).filter((group) => group.name !== name);
          patch({ g: left.length === 0 ? undefined : left.map(formatGroup) });
        },
      }),
    [groups, unfolded, search.g, patch],
  );
  const sorted = useMemo(() => sortRows(rows, facts, sort), [rows, facts, sort]);
  const { columns } = useTicks({ columns: facts, rows: sorted, tickOf, most: mostTickedPasses });
  return (
    <DataGrid
      name="Experiments"
      columns={columns}
      rows={rows}
      whole={whole.length === rows.length ? undefined : { columns, rows: whole }}
      rowKey={(row) => row.key}
      rowHref={({ group, member }) =>
        member === undefined ? hrefTo('/compare', search, { g: [groupText(group)] }) : placeOf(member.row)
      }
      sort={sort}
      onSortChange={onSortChange}
      emptyText={emptyText}
      stickyFirstColumn
    />
  );
}

const groupText = ({ name, members }: FoldedGroup): string =>
  formatGroup({ name, ids: members.map(({ row }) => row.summary.experimentId) });

/** What is ticked as a comparison takes it: groups that are ticked whole, and experiments alone. */
export function comparisonOf(
  groups: readonly FoldedGroup[],
  ticked: readonly string[],
): { readonly x: string[]; readonly g: string[] } {
  const has = new Set(ticked);
  const whole = groups.filter(
    ({ members, byHand }) =>
      (members.length > 1 || byHand) && members.every(({ row }) => has.has(row.summary.experimentId)),
  );
  const inGroup = new Set(
    whole.flatMap(({ members }) => members.map(({ row }) => String(row.summary.experimentId))),
  );
  return { x: ticked.filter((id) => !inGroup.has(id)), g: namedApart(whole).map(formatGroup) };
}

/** Two groups of one name (passes under two configurations) would be one in an address. */
function namedApart(groups: readonly FoldedGroup[]) {
  const seen = new Map<string, number>();
  return groups.map(({ name, members }) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return {
      name: times === 1 ? name : `${name} (${times})`,
      ids: members.map(({ row }) => row.summary.experimentId),
    };
  });
}
