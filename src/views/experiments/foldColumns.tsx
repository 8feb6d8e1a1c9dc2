import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronRight from 'lucide-react/icons/chevron-right';

import { nearestCents, type Spread } from '../../domain/compare/outcome.ts';
import { formatCount, formatMoney, formatPercent, plural } from '../../lib/format.ts';
import type { CellValue, GridColumn } from '../../ui/grid/gridColumn.ts';
import { IconButton } from '../../ui/Button.tsx';
import { textWidth } from '../shared/columnWidth.ts';
import { Missing, Money, SpreadTail } from '../shared/Values.tsx';
import { noCost, formatTenths, savingTenths } from '../shared/experimentWords.ts';
import styles from './experimentColumns.module.css';
import { memberAcceptance, type FoldedGroup, type FoldRow } from './foldRows.ts';
import type { ExperimentListRow } from './useExperimentList.ts';

type Column = GridColumn<FoldRow>;

interface FoldActions {
  readonly unfolded: ReadonlySet<string>;
  readonly onFold: (group: FoldedGroup) => void;
  /** Takes a group that was made by hand apart. */
  readonly onUngroup: (group: FoldedGroup) => void;
}

/** Columns of the folded list. Rows of a group sort by their group, so that they stay under it. */
export function foldColumns(groups: readonly FoldedGroup[], actions: FoldActions): readonly Column[] {
  const files = ({ members }: FoldedGroup) =>
    [...new Set(members.map(({ row }) => row.file.name))].join(', ');
  return [
    {
      id: 'name',
      header: 'Name',
      value: ({ group, member }) => member?.row.summary.experimentId ?? group.name,
      sortValue: ({ group }) => group.name,
      render: (row) => <Name row={row} {...actions} />,
      width: textWidth(
        groups.flatMap(({ name, members }) => [
          `${name} ${members.length} passes mm`,
          members[0]?.row.summary.experimentId ?? '',
        ]),
        190,
        330,
      ),
      narrow: 1,
      link: true,
    },
    {
      id: 'passes',
      header: 'Passes',
      value: ({ group, member }) => (member === undefined ? group.members.length : undefined),
      sortValue: ({ group }) => group.members.length,
      render: ({ group, member }) => (member === undefined ? formatCount(group.members.length) : ''),
      firstSort: 'descending',
      align: 'end',
      width: 68,
    },
    spreadColumn(
      'first',
      'First cost',
      4,
      money((row) => row.summary.firstCostCents),
    ),
    spreadColumn(
      'final',
      'Final cost',
      2,
      money((row) => row.summary.finalCostCents),
    ),
    spreadColumn(
      'best',
      'Best cost',
      5,
      money((row) => row.summary.bestCostCents),
    ),
    spreadColumn('saving', 'Saving', 3, {
      of: ({ summary }) => {
        const tenths = savingTenths(summary.firstCostCents, summary.finalCostCents);
        return tenths === undefined ? undefined : Number(tenths);
      },
      text: (tenths) => formatTenths(BigInt(Math.round(tenths))),
      missing: () => 'undefined: a cost is not recorded, or the first one is not above zero',
    }),
    {
      id: 'acceptance',
      header: 'Accepted, pooled',
      headerTitle: 'accepted among all that were accepted or rejected; of all passes together',
      value: acceptanceOf,
      sortValue: ({ group }) => group.numbers.acceptance,
      render: (row) => {
        const rate = acceptanceOf(row);
        return rate === undefined ? <Missing why="no verdict, or not counted" /> : formatPercent(rate);
      },
      align: 'end',
      width: 116,
    },
    spreadColumn('iterations', 'Iterations', 6, {
      of: ({ summary }) => summary.iterationCount,
      text: (count) => formatCount(Math.round(count * 10) / 10),
      missing: () => 'not recorded',
    }),
    {
      id: 'differs',
      header: 'What differs',
      value: ({ group, member }) =>
        member === undefined
          ? groupWords(group)
          : (member.alsoIn ??
            (group.members.length === 1 ? 'no other pass is open' : memberWords(member.row))),
      sortValue: ({ group }) => group.differs,
      width: 250,
      grow: true,
    },
    {
      id: 'file',
      header: 'File',
      value: ({ group, member }) => member?.row.file.name ?? files(group),
      sortValue: ({ group }) => files(group),
      width: textWidth(groups.map(files), 84, 220),
    },
  ];
}

function acceptanceOf({ group, member }: FoldRow): number | undefined {
  return member === undefined ? group.numbers.acceptance : memberAcceptance(member);
}

/** What its passes differ in, and how many of them other files hold too. */
function groupWords({ differs, members }: FoldedGroup): string {
  const twice = members.filter(({ alsoIn }) => alsoIn !== undefined).length;
  const other = members.filter((member) => member.differs).length;
  const which = other === 0 ? '' : `, ${other} with other totals there: these are of the first file`;
  return twice === 0 ? differs : `${differs}; ${twice} of them in several files, counted once${which}`;
}

function memberWords({ summary, details }: ExperimentListRow): string {
  const seed = summary.masterSeed === undefined ? 'no seed stored' : `seed ${summary.masterSeed}`;
  return [seed, ...(details?.models ?? [])].join(' · ');
}

function Name({
  row: { group, member },
  unfolded,
  onFold,
  onUngroup,
}: FoldActions & { readonly row: FoldRow }) {
  if (member !== undefined) {
    const { experimentId } = member.row.summary;
    const isAlone = group.members.length === 1 && !group.byHand;
    if (isAlone) return <span title={experimentId}>{group.name}</span>;
    return (
      <span className={styles.pass} title={experimentId}>
        {experimentId}
      </span>
    );
  }
  const isOpen = unfolded.has(group.key);
  const words = plural(group.members.length, 'pass', 'passes');
  return (
    <span className={styles.group}>
      <IconButton
        size="small"
        label={`${isOpen ? 'Fold' : 'Unfold'} ${group.name}, ${words}`}
        aria-expanded={isOpen}
        icon={isOpen ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
        onClick={(event) => {
          event.preventDefault();
          event.stopPropagation();
          onFold(group);
        }}
      />
      <b>{group.name}</b> {words}
      {group.byHand && (
        <button
          type="button"
          className={styles.ungroup}
          aria-label={`Ungroup ${group.name}`}
          onClick={(event) => {
            event.preventDefault();
            event.stopPropagation();
            onUngroup(group);
          }}
        >
          Ungroup
        </button>
      )}
    </span>
  );
}

interface Read {
  readonly of: (row: ExperimentListRow) => number | bigint | undefined;
  readonly text: (value: number) => string;
  readonly missing: (row: ExperimentListRow) => string;
}

const money = (of: Read['of']): Read => ({
  of,
  text: (value) => formatMoney(nearestCents(value)),
  missing: ({ summary }) => noCost(summary),
});

type SpreadId = 'first' | 'final' | 'best' | 'saving' | 'iterations';

/** Of a group the mean with the standard deviation, of one experiment its number. */
function spreadColumn(id: SpreadId, header: string, narrow: number, { of, text, missing }: Read): Column {
  const value = ({ group, member }: FoldRow): CellValue =>
    member === undefined ? group.numbers[id]?.mean : of(member.row);
  const isMoney = id === 'first' || id === 'final' || id === 'best';
  return {
    id,
    header,
    headerTitle: 'of several passes the mean, and the standard deviation of a sample (n - 1)',
    value,
    sortValue: ({ group }) => group.numbers[id]?.mean,
    render: (row) => {
      const { group, member } = row;
      if (member === undefined) return <SpreadCell spread={group.numbers[id]} text={text} />;
      const found = of(member.row);
      if (isMoney)
        return (
          <Money
            cents={typeof found === 'bigint' ? nearest(found) : undefined}
            missing={missing(member.row)}
          />
        );
      return found === undefined ? <Missing why={missing(member.row)} /> : text(Number(found));
    },
    align: 'end',
    width: id === 'iterations' ? 100 : 150,
    narrow,
  };
}
const nearest = (value: bigint) => nearestCents(Number(value));

interface SpreadCellProps {
  readonly spread: Spread | undefined;
  readonly text: (value: number) => string;
}

function SpreadCell({ spread, text }: SpreadCellProps) {
  if (spread === undefined) return <Missing why="no pass has one" />;
  const { count, absent, mean, low, high } = spread;
  const of = absent === 0 ? `mean of ${count}` : `mean of ${count}; ${absent} more have none`;
  return (
    <span title={`${of}, ${text(low)} to ${text(high)}`}>
      {text(mean)}
      <SpreadTail spread={spread} text={text} />
    </span>
  );
}
