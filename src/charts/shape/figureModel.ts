import type { AgentId } from '../../lib/ids.ts';
import { manyAgents } from '../../lib/manyAgents.ts';
import type { ChartAgent } from './agents.ts';
import { costPanel } from './costPanel.ts';
import { visibleAgents, type FigureInput } from './figureInput.ts';
import type { CostMetric, ValueScale } from './metric.ts';
import type { ChartMark, PanelModel } from './panel.ts';
import { parameterPanel } from './parameterPanel.ts';
import { savingPanel, settlementPanel } from './proposalPanels.ts';
import { thinningOf, type Thinning } from './thinning.ts';
import { dotsFit, groupsPerLine, thinLines, thinSigns } from './thinPanel.ts';

export interface FigureChoice {
  readonly parameter: string | undefined;
  readonly metric: CostMetric;
  readonly scale: ValueScale;
  readonly hiddenAgents: ReadonlySet<AgentId>;
  readonly showTotal: boolean;
  /** Survives thinning. */
  readonly selected: number | undefined;
}

/** What the hero figure draws. */
export interface FigureModel {
  readonly upper: PanelModel;
  readonly lower: PanelModel;
  readonly span: readonly [number, number] | undefined;
  /** Set when not everything is drawn. */
  readonly thinning: Thinning | undefined;
}

/** From the whole dossier to at most about 600 signs; exact values stay with the readout and the table. */
export function figureModel(input: FigureInput, choice: FigureChoice): FigureModel {
  const agents = visibleAgents(input, choice.hiddenAgents);
  const fullUpper = parameterPanel(input, agents, choice.parameter);
  const fullLower = lowerPanel(input, agents, choice);
  const groups = groupsPerLine(Math.max(fullUpper.lines.length, fullLower.lines.length));
  const upper = thinPanel(fullUpper, groups, choice.selected);
  const lower = thinPanel(fullLower, groups, choice.selected);
  const thinning = thinningOf([fullUpper, fullLower], [upper, lower], groups);
  return { upper, lower, span: input.span, thinning };
}

function lowerPanel(input: FigureInput, agents: readonly ChartAgent[], choice: FigureChoice): PanelModel {
  switch (choice.metric) {
    case 'cost':
      return costPanel(input, agents, choice);
    case 'delta':
      return savingPanel(agents);
    case 'settlement':
      return settlementPanel(agents);
  }
}

function thinPanel(panel: PanelModel, groups: number, selected: number | undefined): PanelModel {
  const isDot = (mark: ChartMark): boolean => mark.kind === 'policy';
  const dots = panel.marks.filter(isDot);
  return {
    ...panel,
    // The panel grows with the names at the ends of its lines, and nobody finds one among hundreds.
    labels: panel.labels.length > manyAgents ? [] : panel.labels,
    lines: thinLines(panel.lines, groups, selected),
    marks: [
      ...(dotsFit(dots.length) ? dots : thinSigns(dots, selected)),
      ...thinSigns(
        panel.marks.filter((mark) => !isDot(mark)),
        selected,
      ),
    ],
  };
}
