import type { RunMetric, RunSeries, SeriesBucket, TwinGap } from '../../../domain/answers/runs.ts';
import { byCost } from '../../../domain/costs.ts';
import { formatMoney } from '../../../lib/format.ts';
import type { AgentId } from '../../../lib/ids.ts';
import { centsToPlotNumber } from '../../../lib/units.ts';
import type { FigureTable } from '../../../ui/Figure.tsx';
import type { GridColumn } from '../../../ui/grid/gridColumn.ts';
import { manyAgents } from '../agentStyle.ts';
import type { ChartLine, EndLabel, PanelModel, LinePoint } from '../panel.ts';
import { extentOf, linearAxis, moneyTickFormat } from '../valueAxis.ts';
import type { ReadGroup } from './runReadout.ts';

export const metricTitles: Readonly<Record<RunMetric, string>> = {
  balance: 'Balance',
  queue1: 'Value in Queue 1',
  queue2: 'Value in Queue 2',
  cost: 'Cost of each tick',
  cumulative: 'Cost so far',
  ...byCost(({ soFarTitle }) => soFarTitle),
};

/** What a panel says in place of lines that would lie on zero from end to end. */
const zeroTexts: Readonly<Record<RunMetric, string>> = {
  balance: 'No bank ever holds anything.',
  queue1: 'No payment stands in Queue 1 at the end of any tick.',
  queue2: 'No payment stands in Queue 2 at the end of any tick.',
  cost: 'No tick costs anything.',
  cumulative: 'The run costs nothing.',
  ...byCost(({ noun }) => `No ${noun} accrues.`),
};

/** What it says where nothing is known: not the same as zero. */
function unknownText(metric: RunMetric): string {
  if (metric === 'balance') return 'Balances are not recorded.';
  if (metric === 'queue1' || metric === 'queue2') {
    return 'Waiting payments are not recorded.';
  }
  return 'Costs of each bank are not recorded.';
}

/** Whether all that is known of it is zero, or nothing is known. */
export function isNothing({ lines }: RunSeries): boolean {
  return [...lines.values()].every((line) =>
    line.every(({ leastCents, mostCents }) => leastCents === 0n && mostCents === 0n),
  );
}

/** Cents: the smallest axis is a dollar high. */
const unit = 100;

/** One panel of the charts under a replay: an agent a line, in steps. */
export function runPanel(series: RunSeries, agents: readonly RunChartAgent[], tickCount: number): PanelModel {
  const lines: ChartLine[] = [];
  const labels: EndLabel[] = [];
  let isWhole = true;
  for (const { agentId, index } of agents) {
    const buckets = series.lines.get(agentId) ?? [];
    const last = buckets.at(-1);
    if (last === undefined) {
      isWhole = false;
      continue;
    }
    const stretches = knownStretches(buckets);
    const isKnownAtEnd = last.toTick >= tickCount - 1;
    if (stretches.length > 1 || !isKnownAtEnd || buckets[0]?.fromTick !== 0) isWhole = false;
    for (const stretch of stretches) {
      lines.push({ role: 'parameter', agentIndex: index, points: stepPoints(stretch) });
    }
    labels.push({
      agentIndex: index,
      value: centsToPlotNumber(last.lastCents),
      name: agentId,
      text: isKnownAtEnd ? formatMoney(last.lastCents) : 'unknown',
    });
  }
  const extent = extentOf(lines, [], []);
  const isEmpty =
    extent === undefined || (isWhole && series.metric !== 'balance' && extent[0] === 0 && extent[1] === 0);
  const axis = linearAxis(extent ?? [0, 0], unit, 1, 4);
  return {
    title: metricTitles[series.metric],
    lines: isEmpty ? [] : lines,
    marks: [],
    rails: [],
    rules: axis.domain[0] < 0 ? [{ value: 0, label: '' }] : [],
    // The panel grows with the names at the ends of its lines, and nobody finds one among hundreds.
    labels: isEmpty || labels.length > manyAgents ? [] : labels,
    scale: 'linear',
    domain: axis.domain,
    ticks: axis.ticks,
    formatTick: moneyTickFormat(axis.ticks),
    emptyText:
      extent === undefined ? unknownText(series.metric) : isEmpty ? zeroTexts[series.metric] : undefined,
  };
}

/** An agent of a run; `index` is its place among the run's agents, which decides its colour. */
export interface RunChartAgent {
  readonly agentId: AgentId;
  readonly index: number;
}

/** From where to where the axis of a run goes: each tick is as wide as the next, the first and last too. */
export function tickSpan(tickCount: number): readonly [number, number] {
  return [-0.5, Math.max(1, tickCount) - 0.5];
}

/**
 * Vertices of a line of steps, drawn with `stepAfter`: the value of a tick stands over half a tick on both sides of
 * it. A bucket of several ticks is an upright stroke from its least to its most, then its last value.
 */
export function stepPoints(buckets: readonly SeriesBucket[]): readonly LinePoint[] {
  const points: LinePoint[] = [];
  const add = (at: number, value: number): void => {
    points.push({ iteration: at, value, interval: undefined });
  };
  for (const { fromTick, leastCents, mostCents, lastCents } of buckets) {
    const at = fromTick - 0.5;
    if (leastCents !== mostCents) {
      add(at, centsToPlotNumber(leastCents));
      add(at, centsToPlotNumber(mostCents));
    }
    add(at, centsToPlotNumber(lastCents));
  }
  const last = buckets.at(-1);
  if (last !== undefined) add(last.toTick + 0.5, centsToPlotNumber(last.lastCents));
  return points;
}

/** Stretches without a tick missing: between two of them the value is not known. */
function knownStretches(buckets: readonly SeriesBucket[]): readonly (readonly SeriesBucket[])[] {
  const stretches: SeriesBucket[][] = [];
  let before: SeriesBucket | undefined;
  for (const bucket of buckets) {
    const last = stretches.at(-1);
    if (last === undefined || before === undefined || bucket.fromTick > before.toTick + 1)
      stretches.push([bucket]);
    else last.push(bucket);
    before = bucket;
  }
  return stretches;
}

/** Each gap stands from the tick after the one before it to its own. */
function gapBuckets(gaps: readonly TwinGap[]): readonly SeriesBucket[] {
  return gaps.map(({ tick, costGapCents }, i) => ({
    fromTick: (gaps[i - 1]?.tick ?? -1) + 1,
    toTick: tick,
    leastCents: costGapCents,
    mostCents: costGapCents,
    lastCents: costGapCents,
  }));
}

/** What the second run has cost more than the first so far, in steps; below zero it is cheaper. */
export function gapPanel(gaps: readonly TwinGap[]): PanelModel {
  const last = gaps.at(-1);
  const line = {
    role: 'parameter' as const,
    agentIndex: undefined,
    points: stepPoints(gapBuckets(gaps)),
  };
  const axis = linearAxis(extentOf([line], [], []) ?? [0, 0], 100, 1, 4);
  const isEmpty = gaps.every(({ costGapCents }) => costGapCents === 0n);
  return {
    title: 'Cost so far, second run minus this one',
    lines: isEmpty ? [] : [line],
    marks: [],
    rails: [],
    rules: [{ value: 0, label: '' }],
    labels:
      isEmpty || last === undefined
        ? []
        : [
            {
              agentIndex: undefined,
              value: centsToPlotNumber(last.costGapCents),
              name: '',
              text: formatMoney(last.costGapCents),
            },
          ],
    scale: 'linear',
    domain: axis.domain,
    ticks: axis.ticks,
    formatTick: moneyTickFormat(axis.ticks),
    emptyText: isEmpty ? 'Both runs have cost the same at the end of every tick.' : undefined,
  };
}

/** What is read at a tick. */
export function gapReadGroups(gaps: readonly TwinGap[]): readonly ReadGroup[] {
  const values = [{ label: 'Second minus this', buckets: gapBuckets(gaps), bounded: [] }];
  return [{ name: 'Cost so far', agentIndex: undefined, values }];
}

/** The first column of a figure's table over the ticks of a run. */
export const tickColumn: GridColumn<Pick<SeriesBucket, 'fromTick' | 'toTick'>> = {
  id: 'tick',
  header: 'Tick',
  headerTitle: 'Values are those at the end of the tick, or of the last of several',
  value: (row) => row.toTick,
  render: ({ fromTick, toTick }) => (fromTick === toTick ? String(toTick) : `${fromTick} to ${toTick}`),
  align: 'end',
  width: 96,
};

/** The drawn gaps, exact. */
export function gapTable(gaps: readonly TwinGap[]): FigureTable<SeriesBucket> {
  return {
    columns: [
      { ...tickColumn, width: 120 },
      {
        id: 'gap',
        header: 'Cost so far, second minus this',
        value: (row) => row.lastCents,
        render: (row) => formatMoney(row.lastCents),
        align: 'end',
        width: 240,
      },
    ],
    rows: gapBuckets(gaps),
    rowKey: (row) => String(row.toTick),
    emptyText: 'The two runs have no tick in common.',
  };
}
