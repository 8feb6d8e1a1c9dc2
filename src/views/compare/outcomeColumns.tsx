import {
  acceptanceRate,
  difference,
  perDollar,
  nearestCents,
  spreadOf,
  type Spread,
} from '../../domain/compare/outcome.ts';
import { formatCount, formatMoney, formatPercent } from '../../lib/format.ts';
import type { AgentId } from '../../lib/ids.ts';
import { durationBetween } from '../../lib/storedTime.ts';
import type { Cents } from '../../lib/units.ts';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { textWidth } from '../shared/columnWidth.ts';
import { Missing, SpreadTail } from '../shared/Values.tsx';
import styles from './Compare.module.css';
import { passWords, type Entry } from './entries.ts';
import type { Compared } from './useCompared.ts';

/** A row of the outcome table: a line of the comparison, or a pass under its group. */
export interface OutcomeRow {
  readonly key: string;
  readonly entry: Entry;
  /** Undefined for the row of a group. */
  readonly one: Compared | undefined;
}

export function outcomeRows(entries: readonly Entry[]): readonly OutcomeRow[] {
  return entries.flatMap((entry): readonly OutcomeRow[] => {
    const [only] = entry.members;
    if (!entry.isGroup) return [{ key: entry.key, entry, one: only }];
    return [
      { key: entry.key, entry, one: undefined },
      ...entry.members.map((one): OutcomeRow => ({ key: `${entry.key} ${one.id}`, entry, one })),
    ];
  });
}

type Column = GridColumn<OutcomeRow>;

interface Measure {
  readonly id: string;
  readonly header: string;
  readonly group?: string;
  readonly title?: string;
  readonly of: (one: Compared) => Cents | number | undefined;
  readonly text: (value: number) => string;
  readonly missing: string;
  readonly width: number;
  readonly isMoney?: boolean;
}

/** What each came to, and by how much it differs from the baseline; rows of a group stay under it however it is sorted. */
export function outcomeColumns(entries: readonly Entry[], agents: readonly AgentId[]): readonly Column[] {
  const baseline = entries.find(({ isBaseline }) => isBaseline);
  const hasGroups = entries.some(({ isGroup }) => isGroup);
  const width = hasGroups ? 132 : 92;
  const money = (
    id: string,
    header: string,
    of: (one: Compared) => Cents | undefined,
    group?: string,
  ): Measure => ({
    id,
    header,
    ...(group === undefined ? {} : { group }),
    of,
    text: (value) => formatMoney(nearestCents(value)),
    missing: 'not recorded, or its row cannot be read',
    width,
    isMoney: true,
  });
  const number = (
    id: string,
    header: string,
    of: (one: Compared) => number | undefined,
    rest: Partial<Measure> = {},
  ): Measure => ({
    id,
    header,
    of,
    text: (value) => formatCount(Math.round(value * 10) / 10),
    missing: 'not recorded',
    width: hasGroups ? 110 : 80,
    ...rest,
  });
  const tenths = (value: number) => value.toFixed(1);
  const final = money('final', 'Final', ({ outcome }) => outcome.finalCents, 'Total cost');
  return [
    nameColumn(entries),
    measured(money('first', 'First', ({ outcome }) => outcome.firstCents)),
    measured(final),
    changed(final, baseline),
    measured(money('best', 'Best', ({ outcome }) => outcome.bestCents)),
    measured(
      number('best_at', 'Best at', ({ outcome }) => outcome.bestIteration, {
        title: 'first iteration that cost so little: so many iterations to the best',
      }),
    ),
    ...agents.flatMap((agent): Column[] => {
      const own = money(`final_of ${agent}`, 'Final', ({ outcome }) => outcome.finalOf.get(agent), agent);
      return [measured(own), changed(own, baseline)];
    }),
    measured(number('iterations', 'Iterations', ({ outcome }) => outcome.iterations)),
    measured(
      number('converged_at', 'Converged', convergedAt, {
        title: 'iterations until it converged',
        missing: 'did not converge, or not recorded',
      }),
    ),
    measured(number('accepted', 'Accepted', ({ outcome }) => outcome.counts.accepted)),
    measured(number('rejected', 'Rejected', ({ outcome }) => outcome.counts.rejected)),
    measured(number('invalid', 'Invalid', ({ outcome }) => outcome.counts.invalid)),
    measured(
      number('acceptance', 'Acceptance', ({ outcome }) => acceptanceRate(outcome.counts), {
        title: 'accepted among all that were accepted or rejected; of a group the mean of its passes',
        text: (share) => formatPercent(share),
        missing: 'no proposal was judged',
      }),
    ),
    measured(
      number('exchanges', 'Exchanges', ({ facts }) => facts?.recorded.exchanges, {
        title: 'with the proposer, as stored',
      }),
    ),
    measured(
      number('words', 'Words', wordsOf, {
        title: 'of all prompts and answers',
        missing: 'no exchange is recorded',
      }),
    ),
    measured(
      number('words_per_dollar', 'Words / $', (one) => perDollarOf(wordsOf(one), one), {
        title: 'words for each dollar that the final cost is below the first',
        text: tenths,
        missing: 'nothing was saved, or not recorded',
      }),
    ),
    measured(
      number('seconds', 'Seconds in all', secondsOf, {
        title: 'from start to completion, as stored; simulation included',
        text: tenths,
      }),
    ),
    measured(
      number('seconds_per_dollar', 's in all / $', (one) => perDollarOf(secondsOf(one), one), {
        title: 'seconds from start to completion for each dollar that the final cost is below the first',
        text: (value) => value.toFixed(2),
        missing: 'nothing was saved, or not recorded',
      }),
    ),
  ];
}

function nameColumn(entries: readonly Entry[]): Column {
  return {
    id: 'experiment',
    header: 'Experiment',
    value: ({ entry, one }) => one?.label ?? entry.label,
    sortValue: ({ entry }) => entry.label,
    render: ({ entry, one }) => {
      const isPass = entry.isGroup && one !== undefined;
      if (isPass)
        return (
          <span className={styles.pass} title={one.id}>
            {passWords(one, entry.members)}
          </span>
        );
      return (
        <span style={{ color: entry.style.color }} title={one?.id}>
          <b>{entry.label}</b>
          {entry.isGroup && <span className={styles.meanOf}> mean of {entry.members.length}</span>}
          {entry.isBaseline && <span className={styles.baseline}>baseline</span>}
        </span>
      );
    },
    width: textWidth(
      entries.flatMap(({ label, members, isGroup, isBaseline }) => [
        // The mark of the baseline has room of its own around its word.
        `${label}${isGroup ? ' mean of 100' : ''}${isBaseline ? ' baseline    ' : ''}`,
        ...(isGroup ? members.map((one) => `    ${passWords(one, members)}`) : []),
      ]),
      140,
      340,
    ),
    link: true,
  };
}

const spreadIn = ({ members }: Entry, { of }: Measure): Spread | undefined => spreadOf(members.map(of));

/** Of a row the number itself, of a group the mean. */
function valueIn({ entry, one }: OutcomeRow, measure: Measure): Cents | number | undefined {
  return one === undefined ? spreadIn(entry, measure)?.mean : measure.of(one);
}

function measured(measure: Measure): Column {
  const { id, header, group, title, text, missing, width } = measure;
  return {
    id,
    header,
    group,
    headerTitle: title,
    value: (row) => valueIn(row, measure),
    sortValue: ({ entry }) => spreadIn(entry, measure)?.mean,
    render: (row) => {
      if (row.one === undefined) return <OfGroup spread={spreadIn(row.entry, measure)} {...measure} />;
      const value = measure.of(row.one);
      if (value === undefined) return <Missing why={missing} />;
      return typeof value === 'bigint' ? formatMoney(value) : text(value);
    },
    align: 'end',
    width,
  };
}

function OfGroup({
  spread,
  text,
  missing,
}: Pick<Measure, 'text' | 'missing'> & { readonly spread: Spread | undefined }) {
  if (spread === undefined) return <Missing why={missing} />;
  const { mean, low, high, count, absent } = spread;
  return (
    <span
      title={`mean of ${count}, ${text(low)} to ${text(high)}${absent > 0 ? `; ${absent} more: ${missing}` : ''}`}
    >
      <b>{text(mean)}</b>
      <SpreadTail spread={spread} text={text} />
    </span>
  );
}

/** The difference to the baseline, means where one of the two is a group; the largest regression first. */
function changed(measure: Measure, baseline: Entry | undefined): Column {
  const to = baseline === undefined ? '' : `to ${baseline.label}`;
  const base =
    baseline === undefined
      ? undefined
      : valueIn(
          { key: '', entry: baseline, one: baseline.isGroup ? undefined : baseline.members[0] },
          measure,
        );
  const value = (row: OutcomeRow): Cents | number | undefined => {
    const own = valueIn(row, measure);
    if (row.entry === baseline && row.one === undefined) return undefined;
    if (row.entry === baseline && !row.entry.isGroup) return undefined;
    if (typeof own === 'bigint' && typeof base === 'bigint') return difference(own, base);
    return own === undefined || base === undefined ? undefined : Number(own) - Number(base);
  };
  return {
    id: measure.id === 'final' ? 'final_to' : measure.id.replace('final_of', 'change_of'),
    header: to,
    group: measure.group,
    headerTitle: `${measure.group ?? measure.header}: this experiment minus the baseline; below zero is cheaper`,
    value,
    sortValue: ({ entry }) =>
      entry === baseline
        ? undefined
        : value({ key: '', entry, one: entry.isGroup ? undefined : entry.members[0] }),
    firstSort: 'descending',
    render: (row) =>
      row.entry === baseline && (row.one === undefined || !row.entry.isGroup) ? (
        <Missing why="the baseline" />
      ) : (
        <Difference value={value(row)} />
      ),
    align: 'end',
    width: Math.max(92, to.length * 7 + 26),
  };
}

function wordsOf({ facts }: Compared): number | undefined {
  if (facts === undefined || facts.recorded.exchanges === 0) return undefined;
  return facts.promptWords + facts.responseWords;
}

const secondsOf = ({ summary }: Compared): number | undefined =>
  durationBetween(summary.startedAt, summary.completedAt).seconds;

const perDollarOf = (amount: number | undefined, { outcome }: Compared): number | undefined =>
  amount === undefined ? undefined : perDollar(amount, outcome.savingCents);

/** Its iterations, where it ended because it had converged. */
const convergedAt = ({ summary, outcome }: Compared): number | undefined =>
  summary.status === 'converged' ? outcome.iterations : undefined;

/** Signed; cheaper and dearer differ by sign and colour. */
function Difference({ value }: { readonly value: Cents | number | undefined }) {
  if (value === undefined) return <Missing why="not recorded" />;
  const cents = typeof value === 'bigint' ? value : nearestCents(value);
  const tone = cents < 0n ? styles.cheaper : cents > 0n ? styles.dearer : undefined;
  return (
    <span className={tone}>
      {cents > 0n ? '+' : ''}
      {formatMoney(cents)}
    </span>
  );
}
