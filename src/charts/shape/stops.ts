import type { AgentId } from '../../lib/ids.ts';
import type { FigureModel } from './figureModel.ts';
import type { ChartAgent } from './agents.ts';

/** One thing the keyboard can rest on: an agent's policy in force, or its proposal. */
export interface StopMark {
  readonly agentId: AgentId;
  readonly part: 'policy' | 'proposal';
}

export interface Stop {
  readonly iteration: number;
  /** By agent in the order of the experiment, the policy before the proposal; never empty. */
  readonly marks: readonly StopMark[];
}

/**
 * The iterations of which something is drawn, in order, with the policy and the proposal of each agent there. An
 * accepted proposal is one of them, though it is drawn as the next step of the line.
 */
export function figureStops(model: FigureModel, agents: readonly ChartAgent[]): readonly Stop[] {
  const drawn = new Map<number, Set<string>>();
  const add = (iteration: number, agentIndex: number, part: StopMark['part']): void => {
    const keys = drawn.get(iteration);
    const key = `${agentIndex} ${part}`;
    if (keys === undefined) drawn.set(iteration, new Set([key]));
    else keys.add(key);
  };
  for (const panel of [model.upper, model.lower]) {
    for (const line of panel.lines) {
      if (line.agentIndex === undefined) continue;
      for (const point of line.points) {
        if (point.value !== undefined) add(point.iteration, line.agentIndex, 'policy');
      }
    }
    for (const mark of panel.marks) {
      add(mark.iteration, mark.agentIndex, mark.kind === 'policy' ? 'policy' : 'proposal');
    }
  }
  for (const agent of agents) {
    for (const { iteration } of agent.proposals) {
      if (drawn.has(iteration)) add(iteration, agent.index, 'proposal');
    }
  }
  return [...drawn]
    .sort(([a], [b]) => a - b)
    .map(([iteration, keys]) => ({
      iteration,
      marks: agents.flatMap(({ agentId, index }) =>
        (['policy', 'proposal'] as const)
          .filter((part) => keys.has(`${index} ${part}`))
          .map((part) => ({ agentId, part })),
      ),
    }));
}

/** Position of the stop nearest to an iteration; -1 only when there are no stops. */
export function nearestStop(stops: readonly Stop[], iteration: number): number {
  let [low, high] = [0, stops.length - 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((stops[middle]?.iteration ?? Infinity) < iteration) low = middle + 1;
    else high = middle;
  }
  const before = stops[low - 1];
  const at = stops[low];
  if (at === undefined) return -1;
  if (before === undefined) return low;
  return iteration - before.iteration <= at.iteration - iteration ? low - 1 : low;
}
