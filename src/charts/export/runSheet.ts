import type { FigureSheet } from '../../ui/export/figureSheet.ts';
import type { PanelModel } from '../shape/panel.ts';
import type { RunChartAgent } from '../shape/run/runPanel.ts';
import { agentColors, colorAt, ink } from './plot.ts';
import { plotSheet, spanWords, wholeAxis } from './sheet.ts';

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
