import { verdicts } from '../../domain/experiment/verdict.ts';
import { centsToPlotNumber } from '../../lib/units.ts';
import type { FigureSheet } from '../../ui/export/figureSheet.ts';
import { signWords } from '../shape/caption.ts';
import type { ChartAgent, FigureInput } from '../shape/figureInput.ts';
import type { FigureModel } from '../shape/figureModel.ts';
import { emptyPanel, formatParameter, parameterLabel } from '../shape/figurePanels.ts';
import { plotNumber } from '../shape/lines.ts';
import type { ChartMark } from '../shape/panel.ts';
import { extentOf, linearAxis, moneyTickFormat } from '../shape/valueAxis.ts';
import { shapeOf, agentColors, colorAt, type Plot, type PlotKey, type PlotNote } from './plot.ts';
import { plotSheet, spanWords, wholeAxis } from './linesSheet.ts';

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
function policyCostKey({ upper, lower }: Pick<FigureModel, 'upper' | 'lower'>): readonly PlotKey[] {
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

/** Axis and colours of a figure of one agent. */
function agentPlot(input: FigureInput, span: readonly [number, number]): Omit<Plot, 'panels' | 'key'> {
  return {
    ...wholeAxis(span, 'Iteration'),
    series: input.agents.map(({ agentId, index }) => ({ name: agentId, color: colorAt(agentColors, index) })),
    uprights: [],
    hasLineDots: true,
  };
}

/**
 * Cost of one agent over the iterations with the parameter's value written wherever it changes. `model` shows this agent
 * alone; undefined where no cost is recorded.
 */
export function convergenceSheet(
  model: FigureModel,
  input: FigureInput,
  agent: ChartAgent,
  parameter: string | undefined,
): FigureSheet | undefined {
  const { lower, span } = model;
  const line = lower.lines.find(({ role }) => role === 'accepted' || role === 'measured');
  if (span === undefined || line === undefined) return undefined;
  const notes: PlotNote[] = [];
  let before: number | undefined;
  for (const { iteration, value } of line.points) {
    const now =
      parameter === undefined
        ? undefined
        : input.rows.get(iteration)?.parameters.get(agent.agentId)?.get(parameter);
    if (parameter !== undefined && now !== undefined && now !== before && value !== undefined)
      notes.push({ iteration, value, text: formatParameter(parameter, now) });
    before = now ?? before;
  }
  const what =
    parameter === undefined
      ? ''
      : ` Numbers at the line: ${parameterLabel(parameter).toLowerCase()} of the policy in force, where it changes.`;
  const how =
    line.role === 'accepted'
      ? 'the mean cost at which the policy in force was accepted'
      : 'the cost of the policy in force, measured in each iteration';
  return plotSheet(
    {
      ...agentPlot(input, span),
      panels: [{ ...lower, title: `Cost of ${agent.agentId}`, notes }],
      key: policyCostKey({ upper: emptyPanel('', ''), lower }),
    },
    {
      caption: `Convergence of ${agent.agentId}. Line: ${how}.${what} Signs: proposals that did not come into force.`,
      part: spanWords('iteration', span),
    },
  );
}

/** Mean new cost of each proposal of an agent with its stored 95 % interval; undefined where no interval is stored. */
export function varianceSheet(input: FigureInput, agent: ChartAgent): FigureSheet | undefined {
  const judged = agent.proposals.filter(({ newCostCents }) => newCostCents !== undefined);
  if (
    input.span === undefined ||
    !judged.some(({ newCostIntervalCents }) => newCostIntervalCents !== undefined)
  )
    return undefined;
  const line = {
    role: 'measured' as const,
    agentIndex: agent.index,
    points: judged.map(({ iteration, newCostCents, newCostIntervalCents: interval }) => ({
      iteration,
      value: plotNumber(newCostCents),
      interval:
        interval === undefined
          ? undefined
          : ([centsToPlotNumber(interval[0]), centsToPlotNumber(interval[1])] as const),
    })),
  };
  const marks = judged.flatMap(({ iteration, verdict, newCostCents }): readonly ChartMark[] => {
    const value = plotNumber(newCostCents);
    return value === undefined
      ? []
      : [
          {
            iteration,
            agentId: agent.agentId,
            agentIndex: agent.index,
            kind: verdict,
            place: { on: 'plot', value },
            tiedTo: undefined,
          },
        ];
  });
  const axis = linearAxis(extentOf([line], marks, []) ?? [0, 0], 100, 1, 6);
  const panel = {
    ...emptyPanel(`Mean new cost of proposals of ${agent.agentId}`, ''),
    ...axis,
    emptyText: undefined,
    lines: [line],
    marks,
    formatTick: moneyTickFormat(axis.ticks),
  };
  return plotSheet(
    {
      ...agentPlot(input, input.span),
      panels: [panel],
      key: policyCostKey({ upper: emptyPanel('', ''), lower: panel }),
    },
    {
      caption: `Mean new cost of each proposal of ${agent.agentId} over its bootstrap samples, with the stored 95 % interval of that mean. It is the interval of the new cost, not of the saving.`,
      part: spanWords('iteration', input.span),
    },
  );
}
