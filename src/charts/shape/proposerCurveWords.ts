import { formatCount, formatMoney } from '../../lib/format.ts';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import type { CurveBin, CurveKind } from './proposerCurve.ts';

const curveWords: Readonly<Record<CurveKind, string>> = {
  accepted: 'accepted',
  worse: 'not cheaper',
  not_significant: 'not significant',
  unstable: 'too unstable',
  below_floor: 'below the settlement floor',
  unknown: 'rejected, reason not recorded',
  no_change: 'no change',
  invalid: 'invalid',
  pending: 'pending',
};

type Totals = Pick<CurveBin, 'total' | 'counts' | 'money'>;

/** Whole percent; what is more than nothing never reads as none. */
function share(count: number, total: number): string {
  const percent = (100 * count) / total;
  return percent > 0 && percent < 1 ? 'under 1 %' : `${Math.round(percent)} %`;
}

/** Each kind with its number and share. */
export function curveLegend({ total, counts }: Totals, kinds: readonly CurveKind[]) {
  return kinds.map((kind) => ({
    kind,
    words: `${curveWords[kind]} ${formatCount(counts[kind])} (${share(counts[kind], total)})`,
  }));
}

export function curveSentence({ total, counts, money }: Totals, bins: readonly CurveBin[]): string {
  if (total === 0) return 'There are no proposals to count.';
  const wide = bins.some(({ from, to }) => from !== to) ? ' A bar holds several iterations.' : '';
  const accepted = `${formatCount(counts.accepted)} of ${formatCount(total)} proposals were accepted.`;
  return `${accepted}${wide} ${moneyWords(money)}`;
}

/** What was saved, and what was turned down though it was cheaper. */
export function moneyWords({ wonCents, lostCents, lostCount, withoutCosts }: CurveBin['money']): string {
  if (wonCents === undefined && lostCents === undefined) {
    return withoutCosts === 0
      ? 'No proposal was accepted or rejected, so nothing was won or lost.'
      : 'The costs of proposals are not recorded, so savings cannot be counted.';
  }
  const won = wonCents === undefined ? undefined : `Savings of accepted proposals: ${formatMoney(wonCents)}.`;
  const lost =
    lostCents === undefined
      ? undefined
      : lostCount === 0
        ? 'No rejected proposal was cheaper.'
        : `${lostCount === 1 ? 'One rejected proposal was' : `${lostCount} rejected proposals were`} cheaper, by ${formatMoney(lostCents)} in sum.`;
  const missing =
    withoutCosts === 0
      ? undefined
      : `${withoutCosts} accepted or rejected ${withoutCosts === 1 ? 'proposal records' : 'proposals record'} no costs.`;
  return [won, lost, missing].filter((part) => part !== undefined).join(' ');
}

/** Exact numbers of each bar; money in cents when copied. */
export function curveColumns(kinds: readonly CurveKind[]): readonly GridColumn<CurveBin>[] {
  const money = (id: 'wonCents' | 'lostCents', header: string): GridColumn<CurveBin> => ({
    id,
    header,
    value: (bin) => bin.money[id],
    render: ({ money: { [id]: sum } }) => (sum === undefined ? '–' : formatMoney(sum)),
    align: 'end',
    width: 120,
  });
  return [
    {
      id: 'iterations',
      header: 'Iterations',
      value: ({ from, to }) => (from === to ? String(from) : `${from} to ${to}`),
      sortValue: ({ from }) => from,
      align: 'end',
      width: 92,
    },
    { id: 'total', header: 'Proposals', value: ({ total }) => total, align: 'end', width: 84 },
    ...kinds.map((kind): GridColumn<CurveBin> => ({
      id: kind,
      header: curveWords[kind],
      value: ({ counts }) => counts[kind],
      align: 'end',
      width: 104,
    })),
    money('wonCents', 'Savings won'),
    money('lostCents', 'Savings lost'),
  ];
}
