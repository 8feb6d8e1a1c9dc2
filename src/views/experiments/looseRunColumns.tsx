import type { LastDayOnly } from '../../domain/days/days.ts';
import { lastDayWords } from '../../domain/days/words.ts';
import type { OpenFile } from '../../data/session/state.ts';
import { formatCount } from '../../lib/format.ts';
import { formatTime } from '../../lib/storedTime.ts';
import type { RunListRow } from '../../domain/answers/experiments.ts';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { moneyWidth, wordsWidth } from '../shared/columnWidth.ts';
import { LastDay } from '../shared/LastDay.tsx';
import { Missing } from '../shared/Missing.tsx';
import { Money } from '../shared/Money.tsx';
import { runStatusWords } from '../shared/runWords.ts';

export interface LooseRunRow {
  readonly file: OpenFile;
  readonly run: RunListRow;
  /** Where its cost is that of the last day alone. */
  readonly lastDay: LastDayOnly | undefined;
}

type Column = GridColumn<LooseRunRow>;

function countColumn(id: string, header: string, read: (run: RunListRow) => number | undefined): Column {
  return {
    id,
    header,
    value: (row) => read(row.run),
    render: (row) => {
      const count = read(row.run);
      return count === undefined ? <Missing why="not recorded" /> : formatCount(count);
    },
    align: 'end',
    width: 92,
  };
}

function costWidth(rows: readonly LooseRunRow[]): number {
  const words = rows.flatMap(({ lastDay }) => (lastDay === undefined ? [] : [lastDayWords(lastDay)]));
  const amount = moneyWidth(
    rows.map(({ run }) => run.totalCostCents),
    110,
  );
  return words.length === 0 ? amount : wordsWidth(words, 0, amount);
}

/** Amounts get the room that `rows` need. */
export const looseRunColumns = (rows: readonly LooseRunRow[]): readonly Column[] => [
  { id: 'run', header: 'Run', value: (row) => row.run.simulationId, width: 220, link: true, narrow: 1 },
  { id: 'file', header: 'File', value: (row) => row.file.name, width: 150 },
  {
    id: 'run_status',
    header: 'Status',
    value: (row) => runStatusWords(row.run.status, row.run.kind),
    width: 260,
  },
  { id: 'config', header: 'Scenario', value: (row) => row.run.configName, width: 180 },
  { id: 'seed', header: 'Seed', value: (row) => row.run.seed, align: 'end', width: 84 },
  countColumn('days', 'Days', (run) => run.dayCount),
  countColumn('ticks', 'Ticks a day', (run) => run.ticksPerDay),
  countColumn('arrivals', 'Arrivals', (run) => run.arrivals),
  { ...countColumn('settlements', 'Settlements', (run) => run.settlements), narrow: 3 },
  {
    id: 'cost',
    header: 'Cost',
    value: (row) => row.run.totalCostCents,
    render: (row) => (
      <>
        <Money cents={row.run.totalCostCents} />
        <LastDay only={row.lastDay} />
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
