import { formatMoney } from '../../lib/format.ts';
import type { ExperimentDossier } from '../../domain/experiment/normalised.ts';
import { acceptedLine } from './accepted.ts';
import type { ChartAgent } from './agents.ts';
import type { FigureInput } from './figureInput.ts';
import { measuredLine, plotNumber, totalLine } from './lines.ts';
import { lineOnLog, markOnLog } from './logScale.ts';
import { costMarks, policyMarks } from './marks.ts';
import type { ValueScale } from './metric.ts';
import type { ChartLine, ChartMark, EndLabel, PanelModel, Rail } from './panel.ts';
import { emptyPanel } from './parameterPanel.ts';
import { dotsFit } from './thinPanel.ts';
import { extentOf, linearAxis, logAxis, moneyTickFormat } from './valueAxis.ts';

const title = 'Cost per agent';

export interface CostPanelChoice {
  readonly scale: ValueScale;
  readonly showTotal: boolean;
}

/** The lower panel for `cost`, before thinning. */
export function costPanel(
  input: FigureInput,
  agents: readonly ChartAgent[],
  choice: CostPanelChoice,
): PanelModel {
  const rows = input.dossier.iterations;
  const pairs = agents.map((agent) => ({ agent, ...agentCostLines(input.dossier, agent) }));
  const drawn = [
    ...pairs.flatMap(({ solid, dashed }) => (dashed === undefined ? [solid] : [dashed, solid])),
    ...(choice.showTotal ? [{ role: 'total' as const, agentIndex: undefined, points: totalLine(rows) }] : []),
  ];
  const isLog = choice.scale === 'log';
  const allDots = dotsFit(rows.length * agents.length);
  const signs = pairs.flatMap(({ agent, solid }) => [
    ...dotsOf(agent, solid, allDots, isLog),
    ...costMarks(agent, input.rows),
  ]);
  const lines = isLog ? drawn.map(lineOnLog) : drawn;
  const marks = isLog ? signs.map(markOnLog) : signs;
  if (marks.length === 0 && drawn.every((line) => line.points.every((point) => point.value === undefined))) {
    return emptyPanel(title, 'This file records no costs for the agents shown.');
  }
  const extent = extentOf(lines, marks, []);
  // Without any height, the rails alone are drawn under an axis of one dollar.
  const axis = isLog ? logAxis(extent ?? [1, 100]) : linearAxis(extent ?? [0, 0], 100, 1, 6);
  return {
    title,
    lines,
    marks,
    rails: railsOf(marks),
    rules: [],
    labels: [
      ...agents.flatMap((agent) => endLabel(input, agent)),
      ...(choice.showTotal ? totalLabel(input) : []),
    ],
    scale: choice.scale,
    ...axis,
    formatTick: moneyTickFormat(axis.ticks),
    emptyText: undefined,
  };
}

/** Where there is no room for dots the line stands for them, but for those that a log scale sends to the rail. */
function dotsOf(agent: ChartAgent, line: ChartLine, allFit: boolean, isLog: boolean): readonly ChartMark[] {
  if (allFit) return policyMarks(agent, line);
  if (!isLog) return [];
  const offScale = line.points.filter((point) => point.value !== undefined && point.value <= 0);
  return policyMarks(agent, { ...line, points: offScale });
}

/**
 * Solid and dashed line of an agent. Judged on samples: solid = what the policy in force was accepted at, with its
 * band; dashed = `costs_per_agent[k]`, the same policy measured again, left out where it never differs. Otherwise
 * solid = `costs_per_agent[k]`.
 */
function agentCostLines(
  dossier: ExperimentDossier,
  agent: ChartAgent,
): { readonly solid: ChartLine; readonly dashed: ChartLine | undefined } {
  const rows = dossier.iterations;
  const measured = measuredLine(rows, agent.agentId);
  if (agent.accepted === undefined) {
    return { solid: { role: 'measured', agentIndex: agent.index, points: measured }, dashed: undefined };
  }
  const points = acceptedLine(rows, agent.accepted);
  const differs = measured.some(({ value }, index) => value !== undefined && value !== points[index]?.value);
  return {
    solid: { role: 'accepted', agentIndex: agent.index, points },
    dashed: differs ? { role: 'remeasured', agentIndex: agent.index, points: measured } : undefined,
  };
}

/** The number of the table's last row: the measured cost. */
function endLabel(input: FigureInput, agent: ChartAgent): readonly EndLabel[] {
  const cost = input.dossier.iterations.at(-1)?.costsCents.get(agent.agentId);
  const value = plotNumber(cost);
  if (cost === undefined || value === undefined) return [];
  return [{ agentIndex: agent.index, value, name: agent.agentId, text: formatMoney(cost) }];
}

function totalLabel(input: FigureInput): readonly EndLabel[] {
  const total = input.dossier.iterations.at(-1)?.totalCents;
  const value = plotNumber(total);
  if (total === undefined || value === undefined) return [];
  return [{ agentIndex: undefined, value, name: 'Total', text: formatMoney(total) }];
}

function railsOf(marks: PanelModel['marks']): readonly Rail[] {
  const rails: readonly Rail[] = [
    { id: 'nonpositive', label: '0 and below' },
    { id: 'missing', label: 'cost not recorded' },
    { id: 'unreadable', label: 'cost not readable' },
  ];
  return rails.filter(({ id }) => marks.some(({ place }) => place.on === 'rail' && place.rail === id));
}
