import { verdicts } from '../../domain/experiment/verdict.ts';
import type { FigureSheet } from '../../ui/export/figureSheet.ts';
import { signWords } from '../shape/caption.ts';
import type { LineLook, PanelModel } from '../shape/panel.ts';
import type { RunChartAgent } from '../shape/run/runPanel.ts';
import { iterationTicks } from '../shape/valueAxis.ts';
import { drawPlot, plotParts } from './drawPlot.ts';
import { shapeOf, colorAt, experimentColors, ink, type PlotPanel, agentColors, type Plot } from './plot.ts';

interface SheetWords {
  readonly caption: string;
  /** Which part of the experiment or run is drawn. */
  readonly part?: string | undefined;
}

/** A plot as a figure that can leave. */
export function plotSheet(plot: Plot, { caption, part }: SheetWords): FigureSheet {
  return {
    draw: (look, fonts) => drawPlot(plot, look, fonts),
    parts: plotParts(plot),
    caption,
    part,
  };
}

/** Axis of whole iterations or ticks. */
export function wholeAxis(span: readonly [number, number], xTitle: string) {
  const [first, last] = [Math.ceil(span[0]), Math.floor(span[1])];
  return {
    span,
    xTitle,
    xTicks: (count: number) => iterationTicks(first, last, count),
    formatX: String,
  };
}

/** `iteration 0` or `iterations 0 to 9`. */
export function spanWords(noun: string, [first, last]: readonly [number, number]): string {
  return first === last ? `${noun} ${first}` : `${noun}s ${first} to ${last}`;
}

interface LinesOnPaper {
  readonly panels: readonly PanelModel[];
  readonly span: readonly [number, number];
  /** What the axis counts: `Iteration`. */
  readonly axis: string;
  /** Every line with a name of its own, in the order of the list. */
  readonly names: readonly { readonly name: string; readonly look: LineLook }[];
  /** Stands where a panel has no title. */
  readonly title: string;
  readonly caption: string;
}

/** Lines with looks of their own (experiments beside each other) for paper. */
export function linesSheet({ panels, span, axis, names, title, caption }: LinesOnPaper): FigureSheet {
  const keys = names.map(({ look }) => look.color + (look.dash ?? ''));
  const byColor = new Map(names.map(({ look }, index) => [look.color, index]));
  const placeOf = (look: LineLook | undefined): number | undefined => {
    if (look === undefined) return undefined;
    const exact = keys.indexOf(look.color + (look.dash ?? ''));
    return exact === -1 ? byColor.get(look.color) : exact;
  };
  const onPaper = panels.map((panel): PlotPanel => ({
    ...panel,
    title: panel.title === '' ? title : panel.title,
    lines: panel.lines.map((line) => ({ ...line, agentIndex: placeOf(line.look) })),
    labels: panel.labels.map((label) => ({ ...label, agentIndex: placeOf(label.look) })),
    // What has no place of its own is drawn like the first.
    marks: panel.marks.map((mark) => ({ ...mark, agentIndex: placeOf(mark.look) ?? 0 })),
  }));
  const kinds = new Set(panels.flatMap(({ marks }) => marks.map(({ kind }) => kind)));
  const hasBands = panels.some(({ lines }) =>
    lines.some(({ points }) => points.some(({ interval }) => interval !== undefined)),
  );
  return plotSheet(
    {
      panels: onPaper,
      ...wholeAxis(span, axis),
      series: names.map(({ name, look }) => ({
        name,
        color: paperColor(look.color),
        isBaseline: look.color === 'var(--ink)',
      })),
      key: [
        ...(hasBands ? [{ sample: 'band', words: 'band over the passes' } as const] : []),
        ...verdicts
          .filter((verdict) => kinds.has(verdict))
          .map((verdict) => ({ sample: shapeOf(verdict), words: signWords(verdict) })),
      ],
      uprights: [],
      hasLineDots: false,
    },
    { caption, part: spanWords(axis.toLowerCase(), span) },
  );
}

/** The light value of an experiment's colour. */
function paperColor(color: string): string {
  const place = /^var\(--x-(\d+)\)$/.exec(color)?.[1];
  return place === undefined ? ink.text : colorAt(experimentColors, Number(place) - 1);
}

interface RunOnPaper {
  readonly panels: readonly PanelModel[];
  /** All agents of the run; none for a figure of one unnamed line. */
  readonly agents: readonly RunChartAgent[];
  readonly span: readonly [number, number];
  /** What the axis counts. */
  readonly axis?: 'Tick' | 'Iteration' | 'Accepted proposals';
  readonly dayStarts: readonly number[];
  readonly caption: string;
}

/** More day boundaries than this would be a grey field. */
const maxDayLines = 60;

/** Charts of a run for paper: without the replay's tick. */
export function runSheet({
  panels,
  agents,
  span,
  axis = 'Tick',
  dayStarts,
  caption,
}: RunOnPaper): FigureSheet {
  const colors = new Map(agents.map(({ agentId, index }) => [index, agentId]));
  const count = Math.max(-1, ...colors.keys()) + 1;
  return plotSheet(
    {
      panels,
      ...wholeAxis(span, axis),
      series: Array.from({ length: count }, (_, index) => ({
        name: colors.get(index) ?? '',
        color: colors.has(index) ? colorAt(agentColors, index) : ink.text,
      })),
      key: [],
      uprights: dayStarts.length > maxDayLines ? [] : dayStarts.map((start) => start - 0.5),
      hasLineDots: false,
    },
    { caption, part: spanWords(axis.toLowerCase(), [Math.ceil(span[0]), Math.floor(span[1])]) },
  );
}
