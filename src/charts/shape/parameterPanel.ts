import type { ChartAgent } from './agents.ts';
import type { FigureInput } from './figureInput.ts';
import { parameterLine } from './lines.ts';
import { parameterMarks, policyMarks } from './marks.ts';
import type { ChartLine, ChartMark, EndLabel, PanelModel } from './panel.ts';
import { formatParameter, parameterLabel } from './parameters.ts';
import { extentOf, linearAxis } from './valueAxis.ts';

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
