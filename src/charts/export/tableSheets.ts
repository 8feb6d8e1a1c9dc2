import { verdicts } from '../../domain/experiment/verdict.ts';
import { agentId } from '../../lib/ids.ts';
import type { FigureSheet } from '../../ui/export/figureSheet.ts';
import type { PointLook } from '../ScatterDrawing.tsx';
import { signWords } from '../shape/caption.ts';
import { emptyPanel } from '../shape/figurePanels.ts';
import type { ChartMark } from '../shape/panel.ts';
import { resultAxis, resultTick, type ChartKind, type ResultChartModel } from '../shape/resultChart.ts';
import {
  isCrowded,
  levelOf,
  levelWords,
  shareAlong,
  valueAlong,
  type ScatterModel,
} from '../shape/scatter.ts';
import { niceTicks } from '../shape/valueAxis.ts';
import { shapeOf, agentColors, colorAt, type PlotBar, type PlotPanel } from './plot.ts';
import { plotSheet } from './linesSheet.ts';

interface ScatterOnPaper<Row> {
  readonly model: ScatterModel<Row>;
  readonly lookOf: (row: Row) => PointLook;
  readonly agents: readonly string[];
  readonly caption: string;
}

/** A scatter for paper: all its points, whatever is chosen on the screen; undefined where there are none. */
export function scatterSheet<Row>({
  model,
  lookOf,
  agents,
  caption,
}: ScatterOnPaper<Row>): FigureSheet | undefined {
  const { x, y, rows } = model;
  if (rows.length === 0) return undefined;
  const crowded = isCrowded(model);
  const marks = crowded ? [] : marksOf(model, lookOf, agents);
  const panel: PlotPanel = {
    ...emptyPanel(y.name, ''),
    emptyText: undefined,
    domain: y.domain,
    ticks: y.ticks(y.categories === undefined ? 5 : 12),
    formatTick: y.formatTick,
    marks,
    rails: [{ id: 'missing', label: `without ${y.name}` }],
    bars: crowded ? squaresOf(model) : [],
  };
  return plotSheet(
    {
      panels: [panel],
      span: x.domain,
      xTitle: x.name,
      xTicks: x.ticks,
      formatX: x.formatTick,
      series: crowded
        ? levelWords.map((words, level) => ({
            name: `${words} proposals`,
            color: shades[level] ?? shades[0],
          }))
        : agents.map((name, index) => ({ name, color: colorAt(agentColors, index) })),
      key: verdicts
        .filter((verdict) => marks.some(({ kind }) => kind === verdict))
        .map((verdict) => ({ sample: shapeOf(verdict), words: signWords(verdict) })),
      uprights: [],
      hasLineDots: false,
    },
    { caption },
  );
}

/** By how many points lie in a square, the darkest for most. */
const shades = ['#c3daf2', '#8fbae5', '#5493d0', '#1f68ae', '#0a3c6e'] as const;

/** Parts of an axis within which the same sign is drawn once. */
const parts = 600;

function marksOf<Row>(
  model: ScatterModel<Row>,
  lookOf: (row: Row) => PointLook,
  agents: readonly string[],
): readonly ChartMark[] {
  const seen = new Set<string>();
  return model.rows.flatMap((row, i): readonly ChartMark[] => {
    const [x, y] = [model.xs[i] ?? 0, model.ys[i] ?? NaN];
    const { agentIndex, verdict } = lookOf(row);
    const cell = [shareAlong(model.x, x), shareAlong(model.y, y)].map((share) => Math.round(share * parts));
    const key = [...cell, agentIndex, verdict].join(' ');
    if (seen.has(key)) return [];
    seen.add(key);
    return [
      {
        iteration: x,
        agentId: agentId(agents[agentIndex] ?? ''),
        agentIndex,
        kind: verdict,
        place: Number.isNaN(y) ? { on: 'rail', rail: 'missing' } : { on: 'plot', value: y },
        tiedTo: undefined,
      },
    ];
  });
}

const [columns, lines] = [100, 40];

/** Those on the rail are in the caption alone. */
function squaresOf({ x, y, xs, ys }: ScatterModel<unknown>): readonly PlotBar[] {
  const counts = new Map<number, number>();
  ys.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    const column = Math.floor(shareAlong(x, xs[i] ?? 0) * columns);
    const cell = Math.floor(shareAlong(y, value) * lines) * columns + column;
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  });
  return [...counts].map(([cell, count]) => {
    const [column, line] = [cell % columns, Math.floor(cell / columns)];
    return {
      fromX: valueAlong(x, column / columns),
      toX: valueAlong(x, (column + 1) / columns),
      low: valueAlong(y, line / lines),
      high: valueAlong(y, (line + 1) / lines),
      series: levelOf(count),
    };
  });
}

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
