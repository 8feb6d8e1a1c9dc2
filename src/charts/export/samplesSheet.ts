import type { Sample } from '../../domain/experiment/normalised.ts';
import { agentId } from '../../lib/ids.ts';
import { centsToPlotNumber } from '../../lib/units.ts';
import type { FigureSheet } from '../../ui/export/figureSheet.ts';
import { emptyPanel } from '../shape/figurePanels.ts';
import type { ChartMark, MarkKind } from '../shape/panel.ts';
import { isBinned, sampleKind, type MeanMark, type SampleKind } from '../shape/samplesStrip.ts';
import { niceTicks, linearAxis, moneyTickFormat } from '../shape/valueAxis.ts';
import { outcomeColors, ink, type PlotBar, type PlotPanel } from './plot.ts';
import { plotSheet } from './sheet.ts';

const kinds: readonly SampleKind[] = ['better', 'worse', 'equal'];
/** Same shapes as on screen: dot, cross, ring. */
const signs: Readonly<Record<SampleKind, MarkKind>> = {
  better: 'accepted',
  worse: 'rejected',
  equal: 'pending',
};
const words = { better: 'cheaper with the proposal', worse: 'dearer', equal: 'the same' } as const;
const shapes = { better: 'dot', worse: 'cross', equal: 'ring' } as const;
const colors = { better: outcomeColors.accepted, worse: outcomeColors.rejected, equal: ink.third } as const;
/** Columns over the whole width. */
const columns = 48;

/** Savings of the paired samples on an axis of dollars, stacked where they lie close. */
export function samplesSheet(
  samples: readonly Sample[],
  mean: MeanMark | undefined,
  caption: string,
): FigureSheet {
  const savings = samples.map((sample) => centsToPlotNumber(sample.deltaCents));
  const reach = [...savings, ...(mean?.interval ?? []), 0];
  const [low, high] = [Math.min(...reach), Math.max(...reach)];
  const span = low === high ? ([low - 100, high + 100] as const) : ([low, high] as const);
  const step = (span[1] - span[0]) / columns;
  // Columns are counted from zero, so that none holds both savings and losses.
  const stacks = new Map<string, { readonly kind: SampleKind; readonly column: number; samples: number[] }>();
  samples.forEach((sample, index) => {
    const kind = sampleKind(sample);
    const column = Math.floor((savings[index] ?? 0) / step);
    const stack = stacks.get(`${kind} ${column}`) ?? { kind, column, samples: [] };
    stack.samples.push(savings[index] ?? 0);
    stacks.set(`${kind} ${column}`, stack);
  });
  const tallest = Math.max(1, ...[...stacks.values()].map((stack) => stack.samples.length));
  const binned = isBinned(samples);
  const marks: ChartMark[] = [];
  const bars: PlotBar[] = [];
  for (const { kind, column, samples: own } of stacks.values()) {
    const series = kinds.indexOf(kind);
    if (binned) {
      const fromX = kind === 'equal' ? -step / 4 : column * step;
      bars.push({ fromX, toX: kind === 'equal' ? step / 4 : fromX + step, low: 0, high: own.length, series });
    } else {
      own.forEach((saving, rank) =>
        marks.push({
          iteration: saving,
          agentId: agentId(kind),
          agentIndex: series,
          kind: signs[kind],
          place: { on: 'plot', value: rank + 1 },
          tiedTo: undefined,
        }),
      );
    }
  }
  const axis = linearAxis([0, tallest], 1, 1, 4);
  const panel: PlotPanel =
    samples.length === 0
      ? emptyPanel('Samples', 'There are no samples.')
      : { ...emptyPanel('Samples', ''), ...axis, emptyText: undefined, marks, bars };
  const meanPanel: PlotPanel | undefined =
    mean === undefined
      ? undefined
      : {
          ...emptyPanel('Mean saving and its 95 % interval', ''),
          emptyText: undefined,
          bars:
            mean.interval === undefined
              ? []
              : [{ fromX: mean.interval[0], toX: mean.interval[1], low: 0.4, high: 0.6, series: 3 }],
          marks: [
            {
              iteration: mean.cents,
              agentId: agentId('mean'),
              agentIndex: 4,
              kind: 'policy',
              place: { on: 'plot', value: 0.5 },
              tiedTo: undefined,
            },
          ],
        };
  const ticks = niceTicks(span[0], span[1], 8, 1);
  const money = moneyTickFormat(ticks);
  return plotSheet(
    {
      panels: meanPanel === undefined ? [panel] : [panel, meanPanel],
      span,
      xTitle: 'Saving (old minus new cost, $)',
      xTicks: (count) => niceTicks(span[0], span[1], Math.max(2, Math.min(8, count)), 1),
      formatX: (cents) => money(cents).replace('$', ''),
      series: [
        ...kinds.map((kind) => ({ name: '', color: colors[kind] })),
        { name: '', color: ink.edge },
        { name: '', color: ink.text },
      ],
      key: kinds
        .filter((kind) => samples.some((sample) => sampleKind(sample) === kind))
        .map((kind) => ({ sample: shapes[kind], words: words[kind] })),
      uprights: [0],
      hasLineDots: false,
    },
    { caption, part: `${samples.length} samples` },
  );
}
