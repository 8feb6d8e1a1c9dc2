import { formatMoney } from '../../../lib/format.ts';
import type { SeriesBucket, TwinGap } from '../../../domain/answers/runs.ts';
import { centsToPlotNumber } from '../../../lib/units.ts';
import type { FigureTable } from '../../../ui/Figure.tsx';
import type { PanelModel } from '../panel.ts';
import { extentOf, linearAxis, moneyTickFormat } from '../valueAxis.ts';
import { stepPoints } from './runPanel.ts';
import type { ReadGroup } from './runReadout.ts';

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

/** The drawn gaps, exact. */
export function gapTable(gaps: readonly TwinGap[]): FigureTable<SeriesBucket> {
  return {
    columns: [
      {
        id: 'tick',
        header: 'Tick',
        headerTitle: 'Values are those at the end of the tick, or of the last of several',
        value: (row) => row.toTick,
        render: ({ fromTick, toTick }) => (fromTick === toTick ? String(toTick) : `${fromTick} to ${toTick}`),
        align: 'end',
        width: 120,
      },
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
