import type { ReactNode } from 'react';

import { Sparkline, type SparklineScale } from '../../charts/Sparkline.tsx';
import { contradictionSentence } from '../../domain/contradictions/sentences.ts';
import { lastDayWords, type ExperimentDays } from '../../domain/days.ts';
import { formatCount, formatMoney, formatSeconds, plural, withHyphen } from '../../lib/format.ts';
import { durationBetween, formatTime } from '../../lib/storedTime.ts';
import { type VerdictCounts, areIterationsUnread } from '../../domain/experiment/normalised.ts';
import { centsToPlotNumber, type Cents } from '../../lib/units.ts';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { CELL_PADDING, figureWidth } from '../../ui/grid/useColumnWidths.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { moneyWidth, textWidth, wordsWidth } from '../shared/columnWidth.ts';
import { LastDay } from '../shared/LastDay.tsx';
import { Missing, Money } from '../shared/Values.tsx';
import { NewMark, outcomeStatus } from '../shared/Marks.tsx';
import {
  noCost,
  noFirstCost,
  unreadTotalsWords,
  formatTenths,
  savingTenths,
} from '../shared/experimentWords.ts';
import { otherVerdictWords, statusMeanings, statusWords } from '../shared/words.ts';
import styles from './experimentColumns.module.css';
import { Id, idWidth, nameInId } from './Id.tsx';
import type { ExperimentListRow } from './useExperimentList.ts';

type Column = GridColumn<ExperimentListRow>;

function costColumn(
  id: string,
  header: string,
  width: number,
  narrow: number,
  read: (row: ExperimentListRow) => Cents | undefined,
  day: keyof Pick<ExperimentDays, 'first' | 'final' | 'best'>,
): Column {
  return {
    id,
    header,
    value: read,
    render: (row) => (
      <>
        <Money cents={read(row)} missing={day === 'first' ? noFirstCost(row.summary) : noCost(row.summary)} />
        {row.days && <LastDay only={row.days[day]} />}
      </>
    ),
    align: 'end',
    width,
    narrow,
  };
}

/** Of a best cost: how many totals it leaves out, in a word; the title says that they cannot be read. */
function unreadWords({ summary }: ExperimentListRow): string | undefined {
  if (summary.bestCostCents === undefined || summary.unreadableCosts === 0) return undefined;
  return ` ${summary.unreadableCosts} unread`;
}

function bestTitle({ summary }: ExperimentListRow): string | undefined {
  const notes = [
    ...(summary.evaluationMode === 'bootstrap' ? ['arrivals differ by iteration'] : []),
    ...(summary.unreadableCosts > 0
      ? [`${unreadTotalsWords(summary.unreadableCosts)}, each of which may have been lower`]
      : []),
  ];
  return notes.length === 0 ? undefined : notes.join('; ');
}

type HrefOf = (row: ExperimentListRow) => string;

/** `hrefOf`: where what is counted can be gone through. */
function countColumn(id: string, header: string, key: keyof VerdictCounts, hrefOf?: HrefOf): Column {
  return {
    id,
    header,
    value: (row) => row.details?.counts[key],
    render: (row) => {
      const count = row.details?.counts[key];
      const words = countWords(row, count);
      if (hrefOf === undefined || (count ?? 0) === 0) return words;
      return (
        <a href={hrefOf(row)} title="Review them on the desk">
          {words}
        </a>
      );
    },
    align: 'end',
    firstSort: 'descending',
    width: 80,
  };
}

/** A count, or at least so many where a large file's exchanges were not all examined. */
function countWords(row: ExperimentListRow, count: number | undefined): ReactNode {
  if (count === undefined) return <Missing why="not counted: the file is large" />;
  const open = row.details?.notExamined ?? 0;
  if (open === 0) return count;
  return (
    <span title={`${plural(open, 'exchange')} without an evaluation row not examined`}>
      {count === 0 ? <Missing why="not counted" /> : `≥ ${count}`}
    </span>
  );
}

/** Verdicts that are neither: `2 invalid, 1 pending`; nothing where there are none. */
function otherWords({ details }: ExperimentListRow): string | undefined {
  if (details === undefined || details.notExamined > 0) return undefined;
  return otherVerdictWords(details.counts) ?? 'none';
}

const otherVerdicts = (rows: readonly ExperimentListRow[]): Column => ({
  id: 'other',
  header: 'Other verdicts',
  headerTitle: 'proposals that were neither accepted nor rejected',
  value: otherWords,
  render: (row) => otherWords(row) ?? <Missing why="not counted" />,
  width: wordsWidth(
    rows.map((row) => otherWords(row) ?? ''),
    128,
  ),
});

/** `healthHref`: where they stand with everything else that was checked. */
const contradictionColumn = (healthHref: string): Column => ({
  id: 'contradictions',
  header: 'Contradictions',
  headerTitle: 'records of the file that cannot both be right',
  value: (row) => row.contradictions?.length,
  render: ({ contradictions: found }) => {
    if (found === undefined) return <Missing why="not looked for yet, or the file is large" />;
    const status =
      found.length === 0
        ? outcomeStatus('ok', 'none')
        : outcomeStatus('contradiction', formatCount(found.length));
    return (
      <a href={healthHref} title={found.map(contradictionSentence).join(' ') || undefined}>
        <StatusMark status={status} />
      </a>
    );
  },
  align: 'end',
  firstSort: 'descending',
  width: 112,
});

function noSavingWords({ summary }: ExperimentListRow): string {
  const { firstCostCents: first, finalCostCents: final } = summary;
  return first === undefined || final === undefined
    ? noFirstCost(summary)
    : `undefined: the first cost is ${formatMoney(first)}`;
}

const duration = (row: ExperimentListRow) => durationBetween(row.summary.startedAt, row.summary.completedAt);
const saving = ({ summary }: ExperimentListRow) =>
  savingTenths(summary.firstCostCents, summary.finalCostCents);

/** Columns of the list: identity, outcome, then how it was made. Amounts get the room that `rows` need. */
export function experimentColumns(
  rows: readonly ExperimentListRow[],
  deskHrefOf: HrefOf,
  healthHref: string,
): readonly Column[] {
  const scale = trendScale(rows);
  const amountWidth = moneyWidth(
    rows.flatMap(({ summary }) => [summary.firstCostCents, summary.finalCostCents, summary.bestCostCents]),
    84,
  );
  const dayWords = rows.flatMap(({ days }) =>
    [days?.first, days?.final, days?.best].filter((only) => only !== undefined).map(lastDayWords),
  );
  const costWidth = dayWords.length === 0 ? amountWidth : wordsWidth(dayWords, 0, amountWidth);
  const unread = rows.map(unreadWords).filter((words) => words !== undefined);
  const bestWidth = unread.length === 0 ? costWidth : wordsWidth(unread, 0, costWidth);
  const nameWidth = textWidth(
    rows.map((row) => row.summary.name),
    66,
    200,
  );
  const modeWidth = wordsWidth(
    rows.map(({ summary }) => summary.evaluationMode ?? ''),
    84,
  );
  const fileWidth = textWidth(
    rows.map((row) => row.file.name),
    84,
    220,
  );
  const fileColumn: Column = { id: 'file', header: 'File', value: (row) => row.file.name, width: fileWidth };
  // Rows of one id are told apart by their file alone.
  const isRepeated = new Set(rows.map(({ summary }) => summary.experimentId)).size < rows.length;
  return [
    {
      id: 'id',
      header: 'Id',
      headerTitle: 'begins with the name, where the writer made it from the name',
      value: (row) => row.summary.experimentId,
      render: (row) => <Id row={row} />,
      width: idWidth(rows),
      link: true,
      narrow: 1,
    },
    ...(isRepeated ? [fileColumn] : []),
    ...(rows.every(({ summary }) => nameInId(summary) !== undefined)
      ? []
      : [
          {
            id: 'name',
            header: 'Name',
            value: (row: ExperimentListRow) => row.summary.name,
            width: nameWidth,
          },
        ]),
    {
      id: 'status',
      header: 'Status',
      value: (row) => statusWords[row.summary.status],
      render: ({ summary }) => (
        <span title={statusMeanings[summary.status]}>{statusWords[summary.status]}</span>
      ),
      width: wordsWidth(
        rows.map(({ summary }) => statusWords[summary.status]),
        100,
      ),
    },
    {
      id: 'iterations',
      header: 'Iterations',
      value: ({ summary }) => (areIterationsUnread(summary) ? undefined : summary.iterationCount),
      render: ({ summary, newIterations }) =>
        areIterationsUnread(summary) ? (
          <span title={`no row of one was read; the stored counter says ${summary.storedNumIterations}`}>
            unknown
          </span>
        ) : (
          <>
            {formatCount(summary.iterationCount)}
            {newIterations > 0 && <NewMark words={`, ${formatCount(newIterations)} new`} />}
          </>
        ),
      align: 'end',
      firstSort: 'descending',
      width: wordsWidth(
        rows.flatMap(({ summary, newIterations }) =>
          newIterations > 0
            ? [`${formatCount(summary.iterationCount)}, ${formatCount(newIterations)} new`]
            : [],
        ),
        78,
      ),
    },
    countColumn('accepted', 'Accepted', 'accepted'),
    countColumn('rejected', 'Rejected', 'rejected', deskHrefOf),
    costColumn('first', 'First cost', costWidth, 4, (row) => row.summary.firstCostCents, 'first'),
    costColumn('final', 'Final cost', costWidth, 2, (row) => row.summary.finalCostCents, 'final'),
    {
      ...costColumn('best', 'Best cost', bestWidth, 5, (row) => row.summary.bestCostCents, 'best'),
      headerTitle: 'lowest total cost of an iteration; in bootstrap mode (*) arrivals differ by iteration',
      render: (row) => (
        <span
          className={row.summary.evaluationMode === 'bootstrap' ? styles.bootstrap : undefined}
          title={bestTitle(row)}
        >
          <Money cents={row.summary.bestCostCents} missing={noCost(row.summary)} />
          {row.days && <LastDay only={row.days.best} />}
          <span className={styles.unread}>{unreadWords(row)}</span>
        </span>
      ),
    },
    {
      id: 'saving',
      header: 'Saving',
      headerTitle: 'first minus final total cost, as a share of the first',
      value: saving,
      copyValue: (row) => {
        const tenths = saving(row);
        return tenths === undefined ? undefined : withHyphen(formatTenths(tenths));
      },
      render: (row) => {
        const tenths = saving(row);
        return tenths === undefined ? <Missing why={noSavingWords(row)} /> : formatTenths(tenths);
      },
      align: 'end',
      firstSort: 'descending',
      width: rows.reduce((most, row) => {
        const tenths = saving(row);
        return tenths === undefined ? most : Math.max(most, figureWidth(formatTenths(tenths)) + CELL_PADDING);
      }, 78),
      narrow: 3,
    },
    {
      id: 'trend',
      header: 'Cost trend',
      headerTitle: trendTitle,
      value: () => undefined,
      render: ({ summary }) => (
        <Sparkline values={summary.sparklineCents} label={trendWords(summary)} scale={scale} />
      ),
      sortable: false,
      width: 102,
    },
    {
      id: 'seed',
      header: 'Seed',
      value: (row) => row.summary.masterSeed,
      sortValue: (row) => (row.summary.masterSeed === undefined ? undefined : BigInt(row.summary.masterSeed)),
      align: 'end',
      width: 66,
    },
    { id: 'mode', header: 'Mode', value: (row) => row.summary.evaluationMode, width: modeWidth },
    ...(isRepeated ? [] : [fileColumn]),
    contradictionColumn(healthHref),
    otherVerdicts(rows),
    {
      id: 'duration',
      header: 'Duration',
      value: (row) => duration(row).seconds,
      render: (row) => {
        const { seconds, unknown } = duration(row);
        return unknown === undefined ? formatSeconds(seconds) : <Missing why={unknown} />;
      },
      align: 'end',
      firstSort: 'descending',
      width: wordsWidth(
        rows.map((row) => formatSeconds(duration(row).seconds ?? 0)),
        88,
      ),
    },
    {
      id: 'started',
      header: 'Started',
      value: (row) => row.summary.startedAt,
      render: ({ summary }) =>
        summary.startedAt === undefined ? <Missing why="not recorded" /> : formatTime(summary.startedAt),
      firstSort: 'descending',
      width: 146,
    },
    {
      id: 'model',
      header: 'Proposer',
      value: (row) => row.details?.models?.join(', '),
      render: (row) => <Proposer models={row.details?.models} />,
      width: 154,
    },
  ];
}

function Proposer({ models }: { models: readonly string[] | undefined }) {
  if (models === undefined) return <Missing why="not read: the file is large" />;
  return models.length === 0 ? <Missing why="no exchange is recorded" /> : <>{models.join(', ')}</>;
}

const trendTitle =
  'total cost by iteration, as a share of the first; one scale for all rows, the dotted line is the first cost';
/** A curve that rises further is cut off, so that the others keep their shape. */
const mostShare = 2;

/** From zero to the greatest share of its first total that any experiment reached. */
function trendScale(rows: readonly ExperimentListRow[]): SparklineScale {
  let highest = 1;
  for (const { summary } of rows) {
    const [first, ...others] = summary.sparklineCents.map((total) =>
      total === undefined ? undefined : centsToPlotNumber(total),
    );
    if (first === undefined || first <= 0) continue;
    for (const total of others) highest = Math.max(highest, (total ?? 0) / first);
  }
  return { ofFirst: Math.min(highest, mostShare) };
}

function trendWords(summary: ExperimentListRow['summary']): string {
  const { firstCostCents: first, finalCostCents: final } = summary;
  return first === undefined || final === undefined
    ? noCost(summary)
    : `total cost from ${formatMoney(first)} to ${formatMoney(final)}`;
}
