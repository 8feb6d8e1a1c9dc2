import type { ExperimentDetail } from '../../domain/experiment/normalised.ts';
import { liquidityFraction, parameterText } from '../../domain/policy/parameters.ts';
import { withMinus } from '../../lib/format.ts';
import type { ChartAgent, FigureInput } from './figureInput.ts';
import { parameterLine } from './lines.ts';
import { parameterMarks, policyMarks, savingMarks, settlementMarks } from './marks.ts';
import type { ChartLine, ChartMark, EndLabel, PanelModel, Rail, Rule } from './panel.ts';
import { extentOf, linearAxis, moneyTickFormat, shareAxis } from './valueAxis.ts';

/** The upper panel before thinning: one numeric parameter of the policies in force and of the proposals. */
export function parameterPanel(
  input: FigureInput,
  agents: readonly ChartAgent[],
  parameter: string | undefined,
): PanelModel {
  if (parameter === undefined) {
    return emptyPanel('Policy parameter', 'The policies of this experiment have no numeric parameter.');
  }
  const rows = input.detail.iterations;
  const lines = agents.map((agent): ChartLine => ({
    role: 'parameter',
    agentIndex: agent.index,
    points: parameterLine(rows, agent.agentId, parameter),
  }));
  const signs = agents.flatMap((agent) => parameterMarks(agent, input.rows, parameter));
  // A line of one point cannot be seen.
  const dots = rows.length === 1 ? dotsOf(agents, lines) : [];
  const marks = [...dots, ...signs];
  const title = parameterLabel(parameter);
  const extent = extentOf(lines, marks, []);
  if (extent === undefined) {
    return emptyPanel(title, `No policy shown here has the parameter ${parameter}.`);
  }
  const axis = linearAxis(extent, 1, 0, 6);
  return {
    title,
    lines,
    marks,
    rails: [],
    rules: [],
    labels: agents.flatMap((agent) => endLabel(input, agent, parameter)),
    scale: 'linear',
    ...axis,
    formatTick: (value) => formatParameter(parameter, value),
    emptyText: undefined,
  };
}

function dotsOf(agents: readonly ChartAgent[], lines: readonly ChartLine[]): readonly ChartMark[] {
  return agents.flatMap((agent) =>
    lines.filter((line) => line.agentIndex === agent.index).flatMap((line) => policyMarks(agent, line)),
  );
}

function endLabel(input: FigureInput, agent: ChartAgent, parameter: string): readonly EndLabel[] {
  const value = input.detail.iterations.at(-1)?.parameters.get(agent.agentId)?.get(parameter);
  if (value === undefined) return [];
  return [{ agentIndex: agent.index, value, name: agent.agentId, text: formatParameter(parameter, value) }];
}

/** A panel that says why it draws nothing. */
export function emptyPanel(title: string, emptyText: string): PanelModel {
  return {
    title,
    lines: [],
    marks: [],
    rails: [],
    rules: [],
    labels: [],
    scale: 'linear',
    domain: [0, 1],
    ticks: [],
    formatTick: String,
    emptyText,
  };
}

/** Numeric parameters that any policy or proposal of the experiment has: the liquidity fraction first, then by name. */
export function drawnParameters(detail: ExperimentDetail): readonly string[] {
  const names = new Set<string>();
  for (const row of detail.iterations) {
    for (const parameters of row.parameters.values()) for (const name of parameters.keys()) names.add(name);
  }
  for (const proposal of detail.proposals) for (const name of proposal.parameters.keys()) names.add(name);
  const rest = [...names].filter((name) => name !== liquidityFraction).sort();
  return names.has(liquidityFraction) ? [liquidityFraction, ...rest] : rest;
}

/** `initial_liquidity_fraction` as a heading: `Initial liquidity fraction`. */
export function parameterLabel(name: string): string {
  const words = name.replaceAll('_', ' ').trim();
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1);
}

/** The value with all the digits that were written; the liquidity fraction in percent. */
export const formatParameter = parameterText;

/** The floor below which a proposal is turned down whatever it saves (domain.md 6.3). */
const settlementFloor = 0.95;

/** The lower panel for `delta`, before thinning: what each proposal saves. */
export function savingPanel(agents: readonly ChartAgent[]): PanelModel {
  const title = 'Saving per proposal';
  const marks = agents.flatMap((agent) => savingMarks(agent));
  if (marks.length === 0) return emptyPanel(title, 'There are no proposals of the agents shown.');
  const rules = [{ value: 0, label: 'no saving' }];
  const axis = linearAxis(extentOf([], marks, rules) ?? [0, 0], 100, 1, 6);
  return {
    ...marksOnly(title, marks, rules, 'saving not recorded'),
    ...axis,
    formatTick: moneyTickFormat(axis.ticks),
  };
}

/** The lower panel for `settlement`, before thinning: the share of payments that settled with each proposal. */
export function settlementPanel(agents: readonly ChartAgent[]): PanelModel {
  const title = 'Settlement rate per proposal';
  const marks = agents.flatMap((agent) => settlementMarks(agent));
  if (marks.length === 0) return emptyPanel(title, 'There are no proposals of the agents shown.');
  const rules = [{ value: settlementFloor, label: '95 % floor' }];
  const axis = shareAxis(extentOf([], marks, rules) ?? [0, 1]);
  return { ...marksOnly(title, marks, rules, 'rate not recorded'), ...axis, formatTick: formatShare };
}

function marksOnly(
  title: string,
  marks: readonly ChartMark[],
  rules: readonly Rule[],
  missingLabel: string,
): Omit<PanelModel, 'domain' | 'ticks' | 'formatTick'> {
  const all: readonly Rail[] = [
    { id: 'missing', label: missingLabel },
    { id: 'unreadable', label: 'not readable' },
    { id: 'outside', label: 'no share: not between 0 and 100 %' },
  ];
  const rails = all.filter(({ id }) => marks.some(({ place }) => place.on === 'rail' && place.rail === id));
  return { title, lines: [], marks, rails, rules, labels: [], scale: 'linear', emptyText: undefined };
}

const share = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** A share 0..1 as `66.7 %`. */
export function formatShare(value: number): string {
  return `${withMinus(share.format(value * 100))} %`;
}
