import type { FigureSheet } from '../../ui/export/figureSheet.ts';
import { agentId } from '../../lib/ids.ts';
import { emptyPanel } from '../shape/figurePanels.ts';
import { resultAxis, resultTick, type ChartKind, type ResultChartModel } from '../shape/resultChart.ts';
import { niceTicks } from '../shape/valueAxis.ts';
import { agentColors, colorAt, type PlotPanel } from './plot.ts';
import { plotSheet } from './sheet.ts';

interface ResultOnPaper {
  readonly model: ResultChartModel;
  readonly kind: ChartKind;
  readonly xName: string;
  readonly yName: string;
  readonly caption: string;
}

/** The chart of a table for paper; undefined where there is nothing to draw. */
export function resultSheet({ model, kind, xName, yName, caption }: ResultOnPaper): FigureSheet | undefined {
  const { series, categories } = model;
  if (series.length === 0) return undefined;
  const axis = resultAxis(model, kind);
  const span = categories === undefined ? model.x : ([-0.5, categories.length - 0.5] as const);
  const share = 0.8 / series.length;
  const panel: PlotPanel = {
    ...emptyPanel(yName, ''),
    emptyText: undefined,
    domain: axis.domain,
    ticks: axis.ticks,
    formatTick: resultTick,
    lines:
      kind === 'line'
        ? series.map(({ points }, agentIndex) => ({
            role: 'measured',
            agentIndex,
            points: points.map(({ x, y }) => ({ iteration: x, value: y, interval: undefined })),
          }))
        : [],
    marks:
      kind === 'points'
        ? series.flatMap(({ name, points }, agentIndex) =>
            points.map(({ x, y }) => ({
              iteration: x,
              agentId: agentId(name),
              agentIndex,
              kind: 'policy' as const,
              place: { on: 'plot', value: y } as const,
              tiedTo: undefined,
            })),
          )
        : [],
    bars:
      kind === 'bars'
        ? series.flatMap(({ points }, place) =>
            points.map(({ x, y }) => ({
              fromX: x - 0.4 + place * share,
              toX: x - 0.4 + (place + 1) * share,
              low: Math.min(0, y),
              high: Math.max(0, y),
              series: place,
            })),
          )
        : [],
  };
  return plotSheet(
    {
      panels: [panel],
      span,
      xTitle: xName,
      xTicks: (count) =>
        categories === undefined
          ? niceTicks(span[0], span[1], Math.max(1, count))
          : categories
              .map((_, place) => place)
              .filter((place) => place % Math.ceil(categories.length / Math.max(1, count)) === 0),
      formatX: (value) => (categories === undefined ? String(value) : (categories[value] ?? '')),
      series: series.map(({ name }, i) => ({ name, color: colorAt(agentColors, i) })),
      key: [],
      uprights: [],
      hasLineDots: false,
    },
    { caption },
  );
}
