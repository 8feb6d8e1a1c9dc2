import type { AgentId } from '../../lib/ids.ts';
import { manyAgents } from './agentStyle.ts';
import { type ChartAgent, visibleAgents, type FigureInput } from './figureInput.ts';
import type { CostMetric, ValueScale } from './metric.ts';
import type { ChartLine, ChartMark, EndLabel, PanelModel, Rail, MarkTarget } from './panel.ts';
import { emptyPanel, parameterPanel, savingPanel, settlementPanel } from './figurePanels.ts';
import {
  thinningOf,
  type Thinning,
  dotsFit,
  groupsPerLine,
  thinLines,
  thinsByAgent,
  thinSigns,
} from './thinning.ts';
import { formatMoney } from '../../lib/format.ts';
import type { ExperimentDetail } from '../../domain/experiment/normalised.ts';
import { acceptedLine, lineOver, measuredLine, plotNumber, totalLine } from './lines.ts';
import { costMarks, policyMarks } from './marks.ts';
import { extentOf, linearAxis, logAxis, moneyTickFormat } from './valueAxis.ts';

export interface FigureChoice {
  /** Name of the numeric parameter in the upper panel; `drawnParameters(detail)` lists them. */
  readonly parameter: string | undefined;
  readonly metric: CostMetric;
  /** `log` applies to costs; the other metrics are drawn linear (`scaleAvailability`). */
  readonly scale: ValueScale;
  readonly hiddenAgents: ReadonlySet<AgentId>;
  /** Adds the total over agents to the cost panel. */
  readonly showTotal: boolean;
  /** Adds the lowest total up to each iteration. */
  readonly showBest?: boolean | undefined;
  /** Highlighted in both panels, and never thinned away. */
  readonly selected: MarkTarget | undefined;
}

/** What the hero figure draws. */
export interface FigureModel {
  readonly upper: PanelModel;
  readonly lower: PanelModel;
  readonly span: readonly [number, number] | undefined;
  /** Set when not everything is drawn. */
  readonly thinning: Thinning | undefined;
}

/** From the whole experiment to at most about 600 signs; exact values stay with the readout and the table. */
export function figureModel(input: FigureInput, choice: FigureChoice): FigureModel {
  const agents = visibleAgents(input, choice.hiddenAgents);
  const isAllHidden = agents.length === 0 && input.agents.length > 0;
  const sayHidden = (panel: PanelModel): PanelModel =>
    isAllHidden && panel.emptyText !== undefined ? { ...panel, emptyText: 'All agents are hidden.' } : panel;
  const fullUpper = sayHidden(parameterPanel(input, agents, choice.parameter));
  const fullLower = sayHidden(lowerPanel(input, agents, choice));
  const groups = groupsPerLine(Math.max(fullUpper.lines.length, fullLower.lines.length));
  const keep = keptOf(choice.selected, agents.length);
  const upper = thinPanel(fullUpper, groups, keep);
  const lower = thinPanel(fullLower, groups, keep);
  const byAgent = [fullUpper, fullLower].every(({ marks }) => thinsByAgent(marks.filter(isSign)));
  const thinning = thinningOf([fullUpper, fullLower], [upper, lower], { groups, byAgent });
  return { upper, lower, span: input.span, thinning };
}

/** What thinning leaves in. */
interface Kept {
  readonly iteration: number | undefined;
  readonly mark: (mark: ChartMark) => boolean;
}

/** The selected iteration; of many agents, whose signs there would be hundreds, the selected agent. */
function keptOf(selected: MarkTarget | undefined, agentCount: number): Kept {
  const isMany = agentCount > manyAgents;
  return {
    iteration: selected?.iteration,
    mark: ({ iteration, agentId }) =>
      selected !== undefined && (isMany ? agentId === selected.agentId : iteration === selected.iteration),
  };
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

/** Of a proposal; what is no sign is a dot of a line. */
const isSign = ({ kind }: ChartMark): boolean => kind !== 'policy';

function thinPanel(panel: PanelModel, groups: number, keep: Kept): PanelModel {
  const dots = panel.marks.filter((mark) => !isSign(mark));
  return {
    ...panel,
    // The panel grows with the names at the ends of its lines, and nobody finds one among hundreds.
    labels: panel.labels.length > manyAgents ? [] : panel.labels,
    lines: thinLines(panel.lines, groups, keep.iteration),
    marks: [
      ...(dotsFit(dots.length) ? dots : thinSigns(dots, keep.mark)),
      ...thinSigns(panel.marks.filter(isSign), keep.mark),
    ],
  };
}

const title = 'Cost per agent';

interface CostPanelChoice {
  readonly scale: ValueScale;
  readonly showTotal: boolean;
  readonly showBest?: boolean | undefined;
}

/** The lower panel for `cost`, before thinning. */
function costPanel(input: FigureInput, agents: readonly ChartAgent[], choice: CostPanelChoice): PanelModel {
  const rows = input.detail.iterations;
  const pairs = agents.map((agent) => ({ agent, ...agentCostLines(input.detail, agent) }));
  const drawn = [
    ...pairs.flatMap(({ solid, dashed }) => (dashed === undefined ? [solid] : [dashed, solid])),
    ...(choice.showTotal ? [{ role: 'total' as const, agentIndex: undefined, points: totalLine(rows) }] : []),
    ...(choice.showBest === true ? [bestLine(input)] : []),
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
      ...(choice.showBest === true ? bestLabel(input) : []),
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
  detail: ExperimentDetail,
  agent: ChartAgent,
): { readonly solid: ChartLine; readonly dashed: ChartLine | undefined } {
  const rows = detail.iterations;
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
  const cost = input.detail.iterations.at(-1)?.costsCents.get(agent.agentId);
  const value = plotNumber(cost);
  if (cost === undefined || value === undefined) return [];
  return [{ agentIndex: agent.index, value, name: agent.agentId, text: formatMoney(cost) }];
}

function totalLabel(input: FigureInput): readonly EndLabel[] {
  const total = input.detail.iterations.at(-1)?.totalCents;
  const value = plotNumber(total);
  if (total === undefined || value === undefined) return [];
  return [{ agentIndex: undefined, value, name: 'Total', text: formatMoney(total) }];
}

/** How the best total so far is drawn. */
export const bestLook = { color: 'var(--ink-2)', dash: '1 5' } as const;

function bestLine({ detail, best }: FigureInput): ChartLine {
  return {
    role: 'best',
    look: bestLook,
    agentIndex: undefined,
    points: lineOver(detail.iterations, ({ iteration }) => plotNumber(best.get(iteration))),
  };
}

function bestLabel({ detail, best }: FigureInput): readonly EndLabel[] {
  const last = detail.iterations.at(-1);
  const lowest = last === undefined ? undefined : best.get(last.iteration);
  const value = plotNumber(lowest);
  if (lowest === undefined || value === undefined) return [];
  return [{ agentIndex: undefined, look: bestLook, value, name: 'Best', text: formatMoney(lowest) }];
}

function railsOf(marks: PanelModel['marks']): readonly Rail[] {
  const rails: readonly Rail[] = [
    { id: 'nonpositive', label: '0 and below' },
    { id: 'missing', label: 'cost not recorded' },
    { id: 'unreadable', label: 'cost not readable' },
  ];
  return rails.filter(({ id }) => marks.some(({ place }) => place.on === 'rail' && place.rail === id));
}

/** A line on a log scale is broken where it is zero or below; a band that reaches there is left out there. */
function lineOnLog(line: ChartLine): ChartLine {
  return {
    ...line,
    points: line.points.map(({ iteration, value, interval }) =>
      value === undefined || value <= 0
        ? { iteration, value: undefined, interval: undefined }
        : { iteration, value, interval: (interval?.[0] ?? 0) > 0 ? interval : undefined },
    ),
  };
}

/** A mark at zero or below goes to the rail of that name; a tie to such a value is cut. */
function markOnLog(mark: ChartMark): ChartMark {
  if (mark.place.on !== 'rail' && mark.place.value <= 0) {
    return { ...mark, place: { on: 'rail', rail: 'nonpositive' }, tiedTo: undefined };
  }
  return mark.tiedTo === undefined || mark.tiedTo > 0 ? mark : { ...mark, tiedTo: undefined };
}
