import { verdicts } from '../../domain/experiment/verdict.ts';
import { agentId } from '../../lib/ids.ts';
import type { FigureSheet } from '../../ui/export/figureSheet.ts';
import type { PointLook } from '../ScatterDrawing.tsx';
import { signWords } from '../shape/caption.ts';
import type { ChartMark } from '../shape/panel.ts';
import { emptyPanel } from '../shape/figurePanels.ts';
import {
  isCrowded,
  levelOf,
  levelWords,
  shareAlong,
  valueAlong,
  type ScatterModel,
} from '../shape/scatter.ts';
import { shapeOf } from './marker.ts';
import { agentColors, colorAt, type PlotBar, type PlotPanel } from './plot.ts';
import { plotSheet } from './sheet.ts';

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
