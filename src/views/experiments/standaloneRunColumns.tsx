import type { OpenFile } from '../../data/session/state.ts';
import type { RunListRow } from '../../domain/answers/experiments.ts';
import { type LastDayOnly, lastDayWords } from '../../domain/days.ts';
import type { RunStatus } from '../../domain/experiment/normalised.ts';
import { unreadableWords } from '../../domain/unreadable.ts';
import { formatCount, formatMoney } from '../../lib/format.ts';
import { formatTime } from '../../lib/storedTime.ts';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { LastDay } from '../shared/LastDay.tsx';
import { Missing, Money } from '../shared/Values.tsx';
import { moneyWidth, textWidth, wordsWidth } from '../shared/columnWidth.ts';

export interface StandaloneRunRow {
  readonly file: OpenFile;
  readonly run: RunListRow;
  /** Where its cost is that of the last day alone. */
  readonly lastDay: LastDayOnly | undefined;
}

type Column = GridColumn<StandaloneRunRow>;

/** Which events must all be readable for a number to be known. */
type RestsOn = readonly (keyof RunListRow['lostEvents'])[];

const isKnown = ({ lostEvents }: RunListRow, restsOn: RestsOn): boolean =>
  restsOn.every((kind) => (lostEvents[kind] ?? 0) === 0);

/** Stands for a number that the run's row states and its events, as some cannot be read, do not bear out. */
function Unknown({ run, stored }: { readonly run: RunListRow; readonly stored: string }) {
  return (
    <span title={`${unreadableWords(run.lostEvents) ?? ''}; the row of the run says ${stored}`}>
      unknown, stored {stored}
    </span>
  );
}

const statusOf = ({ run }: StandaloneRunRow): string => runStatusWords(run.status, run.kind);

const unknownWidth = 150;

function countColumn(
  id: string,
  header: string,
  read: (run: RunListRow) => number | undefined,
  restsOn: RestsOn = [],
): Column {
  return {
    id,
    header,
    value: ({ run }) => (isKnown(run, restsOn) ? read(run) : undefined),
    render: ({ run }) => {
      const count = read(run);
      if (count === undefined) return <Missing why="not recorded" />;
      return isKnown(run, restsOn) ? formatCount(count) : <Unknown run={run} stored={formatCount(count)} />;
    },
    align: 'end',
    width: 92,
  };
}

function costWidth(rows: readonly StandaloneRunRow[]): number {
  const words = rows.flatMap(({ lastDay }) => (lastDay === undefined ? [] : [lastDayWords(lastDay)]));
  const amount = moneyWidth(
    rows.map(({ run }) => run.totalCostCents),
    110,
  );
  const most = words.length === 0 ? amount : wordsWidth(words, 0, amount);
  return rows.every(({ run }) => isKnown(run, ofCosts)) ? most : Math.max(most, unknownWidth + amount - 84);
}

const ofArrivals: RestsOn = ['arrivals'];
const ofSettlements: RestsOn = ['arrivals', 'settlements'];
const ofCosts: RestsOn = ['accruals'];

/** A wider column where a row of it says `unknown, stored 1`. */
function roomFor(rows: readonly StandaloneRunRow[], restsOn: RestsOn): { readonly width?: number } {
  return rows.every(({ run }) => isKnown(run, restsOn)) ? {} : { width: unknownWidth };
}

/** Amounts get the room that `rows` need. */
export const standaloneRunColumns = (rows: readonly StandaloneRunRow[]): readonly Column[] => [
  {
    id: 'run',
    header: 'Run',
    value: (row) => row.run.simulationId,
    width: textWidth(
      rows.map(({ run }) => run.simulationId),
      84,
      220,
    ),
    link: true,
    narrow: 1,
  },
  {
    id: 'file',
    header: 'File',
    value: (row) => row.file.name,
    width: textWidth(
      rows.map(({ file }) => file.name),
      66,
      220,
    ),
  },
  {
    id: 'run_status',
    header: 'Status',
    value: statusOf,
    width: wordsWidth(rows.map(statusOf), 84),
  },
  {
    id: 'config',
    header: 'Scenario',
    value: (row) => row.run.configName,
    width: textWidth(
      rows.map(({ run }) => run.configName ?? ''),
      88,
      200,
    ),
  },
  { id: 'seed', header: 'Seed', value: (row) => row.run.seed, align: 'end', width: 84 },
  countColumn('days', 'Days', (run) => run.dayCount),
  countColumn('ticks', 'Ticks a day', (run) => run.ticksPerDay),
  { ...countColumn('arrivals', 'Arrivals', (run) => run.arrivals, ofArrivals), ...roomFor(rows, ofArrivals) },
  {
    ...countColumn('settlements', 'Settlements', (run) => run.settlements, ofSettlements),
    narrow: 3,
    ...roomFor(rows, ofSettlements),
  },
  {
    id: 'cost',
    header: 'Cost',
    value: ({ run }) => (isKnown(run, ofCosts) ? run.totalCostCents : undefined),
    render: ({ run, lastDay }) =>
      run.totalCostCents !== undefined && !isKnown(run, ofCosts) ? (
        <Unknown run={run} stored={formatMoney(run.totalCostCents)} />
      ) : (
        <>
          <Money cents={run.totalCostCents} />
          <LastDay only={lastDay} />
        </>
      ),
    align: 'end',
    narrow: 2,
    width: costWidth(rows),
  },
  countColumn('events', 'Events', (run) => run.eventCount),
  {
    id: 'started',
    header: 'Started',
    value: (row) => row.run.startedAt,
    render: ({ run }) =>
      run.startedAt === undefined ? (
        <Missing why="not recorded" />
      ) : (
        <span title={formatTime(run.startedAt)}>{formatTime(run.startedAt, 'minutes')}</span>
      ),
    width: 144,
  },
];

/** How a run ended, and whether its own row exists. */
function runStatusWords(status: RunStatus, kind: 'standalone' | 'orphan'): string {
  if (kind === 'orphan') return 'unfinished: no row of the run itself';
  return status === 'not recorded' ? 'status not recorded' : status;
}
