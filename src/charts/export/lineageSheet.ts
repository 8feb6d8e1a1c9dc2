import { numericParameters } from '../../domain/policy/parameters.ts';
import { verdicts } from '../../domain/experiment/verdict.ts';
import type { HistoryEntry } from '../../domain/answers/desk.ts';
import type { PolicyInForce } from '../../domain/policy/history/origins.ts';
import type { FigureSheet } from '../../ui/export/figureSheet.ts';
import { signWords } from '../shape/caption.ts';
import type { ChartMark } from '../shape/panel.ts';
import { emptyPanel, formatParameter, parameterLabel } from '../shape/figurePanels.ts';
import { extentOf, linearAxis } from '../shape/valueAxis.ts';
import { shapeOf } from './marker.ts';
import { agentColors, type PlotPanel } from './plot.ts';
import { plotSheet, spanWords, wholeAxis } from './sheet.ts';

interface LineageOnPaper {
  readonly agentId: string;
  readonly inForce: readonly PolicyInForce[];
  readonly entries: readonly HistoryEntry[];
  readonly caption: string;
}

/** Policies in force as a line of their first number, proposals that did not come into force as signs beside it. */
export function lineageSheet({ agentId, inForce, entries, caption }: LineageOnPaper): FigureSheet {
  const name = inForce.flatMap(({ policy }) => [...numericParameters(policy).keys()])[0];
  const iterations = [
    ...inForce.map(({ iteration }) => iteration),
    ...entries.map(({ iteration }) => iteration),
  ];
  const first = iterations.reduce((low, iteration) => Math.min(low, iteration), Infinity);
  const last = iterations.reduce((high, iteration) => Math.max(high, iteration), 0);
  const span = [Number.isFinite(first) ? first : 0, last] as const;
  const signs = entries.flatMap(({ iteration, agentId: agent, verdict, structure }): readonly ChartMark[] => {
    const value = name === undefined ? undefined : structure?.parameters.get(name);
    return value === undefined || verdict === 'accepted'
      ? []
      : [
          {
            iteration,
            agentId: agent,
            agentIndex: 0,
            kind: verdict,
            place: { on: 'plot', value },
            tiedTo: undefined,
          },
        ];
  });
  const panel = name === undefined ? undefined : inForcePanel(name, inForce, signs, last);
  return plotSheet(
    {
      panels: [panel ?? emptyPanel('Policies in force', 'These policies have no numeric parameter to draw.')],
      ...wholeAxis(span, 'Iteration'),
      series: [{ name: agentId, color: agentColors[0] }],
      key: verdicts
        .filter((verdict) => signs.some(({ kind }) => kind === verdict))
        .map((verdict) => ({ sample: shapeOf(verdict), words: signWords(verdict) })),
      uprights: [],
      hasLineDots: true,
    },
    { caption, part: spanWords('iteration', span) },
  );
}

function inForcePanel(
  name: string,
  inForce: readonly PolicyInForce[],
  signs: readonly ChartMark[],
  last: number,
): PlotPanel {
  const points = inForce.map(({ iteration, policy }) => ({
    iteration,
    value: numericParameters(policy).get(name),
    interval: undefined,
  }));
  const end = points.at(-1);
  const line = {
    role: 'parameter' as const,
    agentIndex: 0,
    points: end === undefined || end.iteration >= last ? points : [...points, { ...end, iteration: last }],
  };
  const axis = linearAxis(extentOf([line], signs, []) ?? [0, 0], 1, 0, 6);
  return {
    ...emptyPanel(`${parameterLabel(name)} of the policy in force`, ''),
    ...axis,
    emptyText: undefined,
    lines: [line],
    marks: signs,
    formatTick: (value) => formatParameter(name, value),
  };
}
