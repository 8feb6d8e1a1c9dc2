import { liquidityFraction, parameterText } from '../../../domain/policy/parameters.ts';
import { storedAs } from '../../../domain/unreadable.ts';
import { formatCount, formatPercent, withMinus } from '../../../lib/format.ts';
import type { Cents } from '../../../lib/units.ts';
import type { GridColumn } from '../../../ui/grid/gridColumn.ts';
import { Missing, Money, Stored } from '../Values.tsx';
import { moneyWidth } from '../columnWidth.ts';
import type { DeskRow } from './deskRow.ts';
import type { FilterColumn } from './filter.ts';
/** More decimals than these are not shown; the exact value is copied and exported. */
const mostDecimals = 6;

/** A number as the column shows it. */
type NumberFormat = (value: number) => string;

/**
 * One number of decimals for a whole column: as many as its values were written with, at most six. What has
 * more is said to be about that much.
 */
function numberFormat(values: Iterable<number | undefined>): NumberFormat {
  let decimals = 0;
  for (const value of new Set(values)) {
    if (value !== undefined) decimals = Math.max(decimals, decimalsOf(value));
    if (decimals >= mostDecimals) break;
  }
  const places = Math.min(decimals, mostDecimals);
  const digits = new Intl.NumberFormat('en-US', {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  });
  return (value) => withMinus(digits.format(value));
}

/** Decimals of the shortest text that is this number. */
function decimalsOf(value: number): number {
  const [mantissa = '', exponent = '0'] = String(Math.abs(value)).split('e');
  const written = mantissa.split('.')[1]?.length ?? 0;
  return Math.max(0, written - Number(exponent));
}

export interface ProposalColumn extends GridColumn<DeskRow>, FilterColumn<DeskRow> {
  /** Its name where it stands alone: in the list of columns, on an axis. */
  readonly label: string;
  /** Shown where the address names no columns. */
  readonly shown: boolean;
}

/** Parameters that are shown unasked: of three, the fraction first. */
const mostShownParameters = 3;

/** What every column states of itself. */
export function named(id: string, label: string, kind: ProposalColumn['kind']) {
  return { id, header: label, label, say: label.toLowerCase(), kind, shown: true } as const;
}

export function moneyColumn(
  id: string,
  label: string,
  rows: readonly DeskRow[],
  of: (row: DeskRow) => Cents | undefined,
  /** Field that is asked for what is stored where it is no amount. */
  field?: string,
): ProposalColumn {
  const stored = (row: DeskRow) => (field === undefined ? undefined : row.proposal.unreadable?.get(field));
  return {
    ...named(id, label, 'money'),
    value: (row) => of(row) ?? stored(row),
    render: (row) => <Money cents={of(row)} stored={stored(row)} />,
    align: 'end',
    width: moneyWidth(rows.map(of), 84),
  };
}

export function countColumn(
  id: string,
  label: string,
  group: string | undefined,
  of: (row: DeskRow) => number | undefined,
  title?: string,
): ProposalColumn {
  const whole = group === undefined ? label : `${group} ${label}`;
  return {
    ...named(id, whole, 'number'),
    header: label,
    group,
    say: id,
    headerTitle: title,
    value: of,
    render: (row) => {
      const count = of(row);
      return count === undefined ? <Missing why="not recorded" /> : formatCount(count);
    },
    align: 'end',
    width: group === undefined ? 130 : 66,
  };
}

type NumberOf = (row: DeskRow) => number | undefined;

/** What is stored where a number should be; undefined where none is stored. */
type StoredOf = (row: DeskRow) => string | undefined;

/** Share of payments settled, or what is stored where it is no number. */
export const settlementCells = numberCells(
  (row) => row.proposal.settlementRate,
  (row) => row.proposal.unreadable?.get('settlementRate'),
  formatPercent,
  () => 'not recorded',
);

/** Cells of numbers: sorted after them, and copied as stored, where what is stored is no number. */
function numberCells(
  of: NumberOf,
  stored: StoredOf,
  format: (value: number) => string,
  why: (row: DeskRow) => string,
) {
  return {
    value: (row: DeskRow) => of(row) ?? stored(row),
    render: (row: DeskRow) => {
      const value = of(row);
      if (value !== undefined) return format(value);
      const text = stored(row);
      return text === undefined ? <Missing why={why(row)} /> : <Stored stored={text} wanted="number" />;
    },
    align: 'end',
  } as const;
}

/** In force, proposed, in force after. The words of the first parameter go without its name. */
export function parameterColumns(
  name: string,
  place: number,
  rows: readonly DeskRow[],
): readonly [ProposalColumn, ProposalColumn, ProposalColumn] {
  const isShare = name === liquidityFraction;
  const all: NumberOf[] = [
    (row) => row.inForce.get(name),
    (row) => row.proposal.parameters.get(name),
    (row) => row.after?.get(name),
  ];
  // One number of decimals over the three, so that they compare at a glance; a share reads as on every screen.
  const format = isShare
    ? (value: number) => parameterText(name, value)
    : numberFormat(rows.flatMap((row) => all.map((of) => of(row))));
  const column = (
    id: string,
    header: string,
    of: NumberOf,
    stored: StoredOf,
    why: (row: DeskRow) => string,
  ): ProposalColumn => ({
    ...named(`${id}.${name}`, `${name}, ${header.toLowerCase()}`, isShare ? 'share' : 'number'),
    header,
    group: name,
    say: place === 0 ? header.toLowerCase() : `${name} ${header.toLowerCase()}`,
    ...numberCells(of, stored, format, why),
    width: 98,
    shown: place < mostShownParameters,
  });
  const [inForce = never, proposed = never, after = never] = all;
  return [
    column(
      'force',
      'In force',
      inForce,
      (row) => row.odd.inForce?.get(name),
      (row) =>
        row.odd.inForce === undefined
          ? 'no policy in force is recorded'
          : `the policy in force has no ${name}`,
    ),
    column(
      'proposed',
      'Proposed',
      proposed,
      (row) => row.proposal.unreadableParameters?.get(name),
      (row) => {
        const text = row.proposal.unreadable?.get('proposedPolicy');
        if (text !== undefined) return storedAs(text, 'JSON');
        return row.proposal.parameters.size === 0
          ? 'no policy with parameters was read'
          : `the proposal has no ${name}`;
      },
    ),
    column(
      'after',
      'After',
      after,
      (row) => row.odd.after.get(name),
      (row) =>
        row.after === undefined ? 'no next iteration is recorded' : `the policy in force then has no ${name}`,
    ),
  ];
}

const never: NumberOf = () => undefined;
