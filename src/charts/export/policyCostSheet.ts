import { verdicts } from '../../domain/experiment/verdict.ts';
import type { FigureSheet } from '../../ui/export/figureSheet.ts';
import type { ChartAgent } from '../shape/figureInput.ts';
import { signWords } from '../shape/caption.ts';
import type { FigureModel } from '../shape/figureModel.ts';
import { shapeOf } from './marker.ts';
import { agentColors, colorAt, type Plot, type PlotKey } from './plot.ts';
import { plotSheet, spanWords, wholeAxis } from './sheet.ts';

/** The hero figure for paper; undefined where no iteration was stored. `agents` are all of the experiment. */
function policyCostPlot(
  model: FigureModel,
  agents: readonly Pick<ChartAgent, 'agentId'>[],
): Plot | undefined {
  if (model.span === undefined) return undefined;
  return {
    panels: [model.upper, model.lower],
    ...wholeAxis(model.span, 'Iteration'),
    series: agents.map(({ agentId }, index) => ({ name: agentId, color: colorAt(agentColors, index) })),
    key: policyCostKey(model),
    uprights: [],
    hasLineDots: true,
  };
}

export function policyCostSheet(
  model: FigureModel,
  agents: readonly ChartAgent[],
  caption: string,
): FigureSheet | undefined {
  const plot = policyCostPlot(model, agents);
  return plot && plotSheet(plot, { caption, part: spanWords('iteration', plot.span) });
}

/** What the lines and signs that occur in the panels mean. */
export function policyCostKey({ upper, lower }: Pick<FigureModel, 'upper' | 'lower'>): readonly PlotKey[] {
  const lines = [...upper.lines, ...lower.lines];
  const marks = [...upper.marks, ...lower.marks];
  return [
    ...(lines.some(({ role }) => role === 'remeasured')
      ? [{ sample: 'remeasured', words: 're-measured (new samples)' } as const]
      : []),
    ...(lines.some(({ points }) => points.some(({ interval }) => interval !== undefined))
      ? [{ sample: 'band', words: '95 % interval' } as const]
      : []),
    ...verdicts
      .filter((verdict) => marks.some(({ kind }) => kind === verdict))
      .map((verdict): PlotKey => ({ sample: shapeOf(verdict), words: signWords(verdict) })),
  ];
}
