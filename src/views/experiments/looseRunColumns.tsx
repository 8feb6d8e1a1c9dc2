import type { OpenFile } from '../../data/session/state.ts';
import { formatCount, formatNaiveTime } from '../../lib/format.ts';
import type { RunListRow } from '../../domain/answers/experiments.ts';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { Missing } from '../shared/Missing.tsx';
import { Money } from '../shared/Money.tsx';
import { runStatusWords } from '../shared/runWords.ts';

export interface LooseRunRow {
  readonly file: OpenFile;
  readonly run: RunListRow;
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

export const looseRunColumns: readonly Column[] = [
  { id: 'run', header: 'Run', value: (row) => row.run.simulationId, width: 220, link: true },
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
  countColumn('settlements', 'Settlements', (run) => run.settlements),
  {
    id: 'cost',
    header: 'Cost',
    value: (row) => row.run.totalCostCents,
    render: (row) => <Money cents={row.run.totalCostCents} />,
    align: 'end',
    width: 110,
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
        <span title={formatNaiveTime(run.startedAt)}>{formatNaiveTime(run.startedAt).slice(0, 16)}</span>
      ),
    width: 144,
  },
];
