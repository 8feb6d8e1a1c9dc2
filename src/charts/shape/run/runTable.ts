import { formatMoney } from '../../../lib/format.ts';
import type { RunSeries, SeriesBucket } from '../../../domain/answers/runs.ts';
import type { FigureTable } from '../../../ui/Figure.tsx';
import type { GridColumn } from '../../../ui/grid/gridColumn.ts';
import { agentStyle } from '../agentStyle.ts';
import type { RunChartAgent } from './agentLines.ts';
import { metricTitles } from './runPanel.ts';

/** The ticks of one vertex of the lines. */
export interface RunTableRow {
  readonly fromTick: number;
  readonly toTick: number;
}

/** The drawn values, exact: at the end of each tick, or of the last tick where ticks were put together. */
export function runTable(
  all: readonly RunSeries[],
  agents: readonly RunChartAgent[],
): FigureTable<RunTableRow> {
  const rows = new Map<number, RunTableRow>();
  const columns: GridColumn<RunTableRow>[] = [tickColumn];
  for (const series of all) {
    for (const agent of agents) {
      const byTick = new Map<number, SeriesBucket>();
      for (const bucket of series.lines.get(agent.agentId) ?? []) {
        byTick.set(bucket.toTick, bucket);
        const row = rows.get(bucket.toTick);
        if (row === undefined || row.fromTick > bucket.fromTick) rows.set(bucket.toTick, bucket);
      }
      if (byTick.size > 0) columns.push(moneyColumn(series, agent, byTick));
    }
  }
  return {
    columns,
    rows: [...rows.values()].sort((a, b) => a.toTick - b.toTick),
    rowKey: (row) => String(row.toTick),
    emptyText: 'No tick of this run has a balance, a queue or a cost.',
  };
}

const tickColumn: GridColumn<RunTableRow> = {
  id: 'tick',
  header: 'Tick',
  headerTitle: 'Values are those at the end of the tick, or of the last of several',
  value: (row) => row.toTick,
  render: ({ fromTick, toTick }) => (fromTick === toTick ? String(toTick) : `${fromTick} to ${toTick}`),
  align: 'end',
  width: 96,
};

function moneyColumn(
  series: RunSeries,
  agent: RunChartAgent,
  byTick: ReadonlyMap<number, SeriesBucket>,
): GridColumn<RunTableRow> {
  const value = (row: RunTableRow) => byTick.get(row.toTick)?.lastCents;
  return {
    id: `${series.metric} ${agent.agentId}`,
    header: agent.agentId,
    group: metricTitles[series.metric],
    headerColor: agentStyle(agent.index).color,
    align: 'end',
    width: 108,
    value,
    render: (row) => {
      const cents = value(row);
      return cents === undefined ? '–' : formatMoney(cents);
    },
  };
}
