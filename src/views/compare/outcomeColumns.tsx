import { difference, perDollar } from '../../domain/compare/outcome.ts';
import { durationBetween } from '../../lib/storedTime.ts';
import { formatCount, formatMoney } from '../../lib/format.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { Cents } from '../../lib/units.ts';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { moneyWidth, textWidth } from '../shared/columnWidth.ts';
import { Missing } from '../shared/Missing.tsx';
import { Money } from '../shared/Money.tsx';
import styles from './Compare.module.css';
import { lineStyle } from './lineStyle.ts';
import type { Compared } from './useCompared.ts';

type Column = GridColumn<Compared>;

/** What each experiment came to, and by how much it differs from the baseline. */
export function outcomeColumns(
  compared: readonly Compared[],
  baseline: Compared | undefined,
  agents: readonly AgentId[],
): readonly Column[] {
  const to = baseline === undefined ? '' : `to ${baseline.label}`;
  const width = moneyWidth(
    compared.flatMap(({ outcome: { firstCents, finalCents } }) => [firstCents, finalCents]),
    92,
  );
  const money = (id: string, header: string, of: (one: Compared) => Cents | undefined): Column => ({
    id,
    header,
    value: of,
    render: (one) => <Money cents={of(one)} />,
    align: 'end',
    width,
  });
  const change = (id: string, group: string, of: (one: Compared) => Cents | undefined): Column => {
    const value = (one: Compared) =>
      baseline === undefined || one === baseline ? undefined : difference(of(one), of(baseline));
    return {
      id,
      header: to,
      group,
      headerTitle: `${group}: this experiment minus the baseline; below zero is cheaper`,
      value,
      render: (one) =>
        one === baseline ? <Missing why="the baseline" /> : <Difference cents={value(one)} />,
      align: 'end',
      width: Math.max(width, to.length * 7 + 26),
    };
  };
  const final = (one: Compared) => one.outcome.finalCents;
  const count = (id: string, header: string, of: (one: Compared) => number, title?: string): Column => ({
    id,
    header,
    headerTitle: title,
    value: of,
    render: (one) => formatCount(of(one)),
    align: 'end',
    width: 78,
  });
  return [
    {
      id: 'experiment',
      header: 'Experiment',
      value: (one) => one.label,
      render: (one) => (
        <span style={{ color: lineStyle(one.place, one === baseline).color }} title={one.id}>
          {one.label}
          {one === baseline && <span className={styles.baseline}>baseline</span>}
        </span>
      ),
      width: textWidth(
        compared.map(({ label }) => `${label} baseline`),
        140,
        280,
      ),
      link: true,
    },
    money('first', 'First', (one) => one.outcome.firstCents),
    { ...money('final', 'Final', final), group: 'Total cost' },
    change('final_to', 'Total cost', final),
    money('best', 'Best', (one) => one.outcome.bestCents),
    {
      id: 'best_at',
      header: 'Best at',
      headerTitle: 'first iteration that cost so little',
      value: (one) => one.outcome.bestIteration,
      align: 'end',
      width: 72,
    },
    ...agents.flatMap((agent): Column[] => {
      const of = (one: Compared) => one.outcome.finalOf.get(agent);
      return [
        { ...money(`final_of ${agent}`, 'Final', of), group: agent },
        change(`change_of ${agent}`, agent, of),
      ];
    }),
    count('iterations', 'Iterations', (one) => one.outcome.iterations),
    count('accepted', 'Accepted', (one) => one.outcome.counts.accepted),
    count('rejected', 'Rejected', (one) => one.outcome.counts.rejected),
    count('invalid', 'Invalid', (one) => one.outcome.counts.invalid),
    {
      id: 'words',
      header: 'Words',
      headerTitle: 'of all prompts and answers',
      value: wordsOf,
      render: (one) => shown(wordsOf(one), formatCount, 'no exchange is recorded'),
      align: 'end',
      width: 84,
    },
    {
      id: 'words_per_dollar',
      header: 'Words / $',
      headerTitle: 'words for each dollar that the final cost is below the first',
      value: (one) => perDollarOf(wordsOf(one), one),
      render: (one) =>
        shown(
          perDollarOf(wordsOf(one), one),
          (value) => value.toFixed(1),
          'nothing was saved, or not recorded',
        ),
      align: 'end',
      width: 84,
    },
    {
      id: 'seconds',
      header: 'Seconds',
      headerTitle: 'from start to completion, as stored',
      value: secondsOf,
      render: (one) => shown(secondsOf(one), (value) => value.toFixed(1), 'not recorded'),
      align: 'end',
      width: 84,
    },
    {
      id: 'seconds_per_dollar',
      header: 's / $',
      headerTitle: 'seconds for each dollar that the final cost is below the first',
      value: (one) => perDollarOf(secondsOf(one), one),
      render: (one) =>
        shown(
          perDollarOf(secondsOf(one), one),
          (value) => value.toFixed(2),
          'nothing was saved, or not recorded',
        ),
      align: 'end',
      width: 76,
    },
  ];
}

function shown(value: number | undefined, format: (value: number) => string, why: string) {
  return value === undefined ? <Missing why={why} /> : format(value);
}

function wordsOf({ facts }: Compared): number | undefined {
  if (facts === undefined || facts.recorded.exchanges === 0) return undefined;
  return facts.promptWords + facts.responseWords;
}

const secondsOf = ({ summary }: Compared): number | undefined =>
  durationBetween(summary.startedAt, summary.completedAt).seconds;

const perDollarOf = (amount: number | undefined, { outcome }: Compared): number | undefined =>
  amount === undefined ? undefined : perDollar(amount, outcome.savingCents);

/** Signed; cheaper and dearer differ by sign and colour. */
function Difference({ cents }: { readonly cents: Cents | undefined }) {
  if (cents === undefined) return <Missing why="not recorded" />;
  const tone = cents < 0n ? styles.cheaper : cents > 0n ? styles.dearer : undefined;
  return (
    <span className={tone}>
      {cents > 0n ? '+' : ''}
      {formatMoney(cents)}
    </span>
  );
}
