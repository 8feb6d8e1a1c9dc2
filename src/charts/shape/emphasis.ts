import type { AgentId } from '../../lib/ids.ts';
import type { ChartAgent } from './agents.ts';
import { xOf, yOf, type PanelBox } from './geometry.ts';
import type { PanelModel } from './panel.ts';
import type { PlacedMark } from './placed.ts';
import type { StopMark } from './stops.ts';
import type { MarkTarget } from './target.ts';

/** Marks to be ringed: all of an agent's in an iteration when no part is named. */
export interface Emphasis {
  readonly iteration: number;
  readonly agentId: AgentId;
  readonly part: StopMark['part'] | undefined;
}

/** What is pointed at goes before what is selected; an iteration without an agent rings nothing. */
export function emphasisOf(
  active: { readonly iteration: number; readonly mark: StopMark | undefined } | undefined,
  selected: MarkTarget | undefined,
): Emphasis | undefined {
  if (active?.mark !== undefined) return { iteration: active.iteration, ...active.mark };
  if (selected?.agentId === undefined) return undefined;
  return { iteration: selected.iteration, agentId: selected.agentId, part: undefined };
}

/** Where the rings go in one panel. What has no sign of its own there (a parameter in force) is ringed on the line. */
export function ringPoints(
  emphasis: Emphasis,
  layout: { readonly panel: PanelModel; readonly box: PanelBox; readonly placed: readonly PlacedMark[] },
  span: readonly [number, number],
  agents: readonly ChartAgent[],
): readonly (readonly [number, number])[] {
  const { iteration, agentId, part } = emphasis;
  const { panel, box, placed } = layout;
  const marks = placed
    .filter(({ mark }) => mark.iteration === iteration && mark.agentId === agentId)
    .filter(({ mark }) => part === undefined || (mark.kind === 'policy') === (part === 'policy'))
    .map(({ x, y }) => [x, y] as const);
  if (marks.length > 0) return marks;
  const index = agents.find((agent) => agent.agentId === agentId)?.index;
  const line = panel.lines.find((each) => each.agentIndex === index && each.role !== 'remeasured');
  const value =
    index === undefined ? undefined : line?.points.find((point) => point.iteration === iteration)?.value;
  return value === undefined ? [] : [[xOf(box, span, iteration), yOf(box, panel, value)]];
}
