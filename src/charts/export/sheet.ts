import type { FigureSheet } from '../../ui/export/figureSheet.ts';
import { iterationTicks } from '../shape/valueAxis.ts';
import { drawPlot, plotParts } from './drawPlot.ts';
import type { Plot } from './plot.ts';

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
