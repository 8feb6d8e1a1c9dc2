import type { Bounds } from '../../../domain/answers/experiments.ts';
import type { BoundedTicks, RunSeries, SeriesBucket } from '../../../domain/answers/runs.ts';
import { formatMoney } from '../../../lib/format.ts';
import type { Cents } from '../../../lib/units.ts';
import type { FigureTable } from '../../../ui/Figure.tsx';
import type { GridColumn } from '../../../ui/grid/gridColumn.ts';
import { agentStyle } from '../agentStyle.ts';
import type { ReadoutFact } from '../readout.ts';
import { type RunChartAgent, metricTitles, tickColumn } from './runPanel.ts';

/** What is read of one agent, or of both runs together where it has no index. */
export interface ReadGroup {
  readonly name: string;
  readonly agentIndex: number | undefined;
  readonly values: readonly ReadValue[];
}

/** One drawn line: its name and all that is known of it. */
interface ReadValue {
  readonly label: string;
  readonly buckets: readonly SeriesBucket[];
  readonly bounded: readonly BoundedTicks[];
}

/** The values in sight of a run: of every agent that is drawn, each panel's. */
export function runReadGroups(
  all: readonly RunSeries[],
  agents: readonly RunChartAgent[],
): readonly ReadGroup[] {
  return agents.map(({ agentId, index }) => ({
    name: agentId,
    agentIndex: index,
    values: all.map(({ metric, lines, bounded }) => ({
      label: metricTitles[metric],
      buckets: lines.get(agentId) ?? [],
      bounded: bounded.get(agentId) ?? [],
    })),
  }));
}

interface TickRange {
  readonly fromTick: number;
  readonly toTick: number;
}

const holds = (tick: number) => (range: TickRange) => range.fromTick <= tick && tick <= range.toTick;

/** The tick alone, or with those that it is put together with to fit. */
export function ticksAround(groups: readonly ReadGroup[], tick: number): TickRange {
  const ranges = groups
    .flatMap(({ values }) => values.flatMap(({ buckets, bounded }) => [...buckets, ...bounded]))
    .filter(holds(tick));
  return {
    fromTick: ranges.reduce((least, { fromTick }) => Math.min(least, fromTick), tick),
    toTick: ranges.reduce((most, { toTick }) => Math.max(most, toTick), tick),
  };
}

interface TickReadout {
  readonly title: string;
  readonly aside: string;
  readonly blocks: readonly {
    readonly name: string;
    readonly agentIndex: number | undefined;
    readonly facts: readonly ReadoutFact[];
  }[];
}

/** Exact values at the end of a tick, or of the last of several; what is not known says so. */
export function tickReadout(groups: readonly ReadGroup[], tick: number): TickReadout {
  const range = ticksAround(groups, tick);
  const isOne = range.fromTick === range.toTick;
  return {
    title: isOne ? `Tick ${tick}` : `Ticks ${range.fromTick} to ${range.toTick}`,
    aside: isOne ? 'at its end' : `at the end of ${range.toTick}`,
    blocks: groups.map(({ name, agentIndex, values }) => ({
      name,
      agentIndex,
      facts: values.flatMap((value) => valueFacts(value, tick, range.toTick)),
    })),
  };
}

function valueFacts(
  { label, buckets, bounded }: ReadValue,
  tick: number,
  lastTick: number,
): readonly ReadoutFact[] {
  const bucket = buckets.find(holds(tick));
  const within = bounded.find(holds(tick));
  if (within !== undefined) {
    const bounds = together(within.bounds, bucket);
    return [{ label, text: `between ${formatMoney(bounds.low)} and ${formatMoney(bounds.high)}`, bounds }];
  }
  if (bucket === undefined) return [{ label, text: 'not known' }];
  const { toTick, leastCents, mostCents, lastCents } = bucket;
  // Where the ticks that follow are not known, the last value is that of an earlier one.
  const at = toTick === lastTick ? '' : ` at ${toTick}`;
  const value = { label, text: `${formatMoney(lastCents)}${at}` };
  if (leastCents === mostCents) return [value];
  return [
    value,
    { label: `${label}, least and most`, text: `${formatMoney(leastCents)}, ${formatMoney(mostCents)}` },
  ];
}

/** Of ticks put together some may be known, and others within bounds only. */
function together(bounds: Bounds<Cents>, known: SeriesBucket | undefined): Bounds<Cents> {
  if (known === undefined) return bounds;
  return {
    low: known.leastCents < bounds.low ? known.leastCents : bounds.low,
    high: known.mostCents > bounds.high ? known.mostCents : bounds.high,
  };
}

/** What the live region says of a tick: one agent's values when the keyboard rests on it, else all. */
export function tickSpeech({ title, aside, blocks }: TickReadout, name: string | undefined): string {
  const read = name === undefined ? blocks : blocks.filter((block) => block.name === name);
  const words = read.map(
    (block) => `${block.name}: ${block.facts.map(({ label, text }) => `${label} ${text}`).join(', ')}.`,
  );
  return `${title}, ${aside}. ${words.join(' ')}`;
}

/** The ticks of one vertex of the lines. */
interface RunTableRow {
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
