import { formatCount } from '../../lib/format.ts';
import type { PanelModel } from './panel.ts';

/** What of the figure was left out, counted. */
export interface Thinning {
  readonly groups: number;
  /** Whether the proposals of each agent were thinned apart. */
  readonly byAgent: boolean;
  readonly drawnIterations: number;
  readonly allIterations: number;
  readonly drawnProposals: number;
  readonly allProposals: number;
}

/** Compares the panels before and after thinning; undefined when everything is drawn. */
export function thinningOf(
  full: readonly PanelModel[],
  drawn: readonly PanelModel[],
  made: Pick<Thinning, 'groups' | 'byAgent'>,
): Thinning | undefined {
  const thinning = {
    ...made,
    drawnIterations: lineIterations(drawn).size,
    allIterations: lineIterations(full).size,
    drawnProposals: proposals(drawn).size,
    allProposals: proposals(full).size,
  };
  const isWhole =
    thinning.drawnIterations === thinning.allIterations && thinning.drawnProposals === thinning.allProposals;
  return isWhole ? undefined : thinning;
}

function lineIterations(panels: readonly PanelModel[]): ReadonlySet<number> {
  const seen = new Set<number>();
  for (const panel of panels) {
    for (const line of panel.lines) {
      for (const point of line.points) if (point.value !== undefined) seen.add(point.iteration);
    }
  }
  return seen;
}

/** Iteration and agent packed in one number: tens of thousands of texts would be slow. */
const mostAgents = 4096;

function proposals(panels: readonly PanelModel[]): ReadonlySet<number> {
  const seen = new Set<number>();
  for (const panel of panels) {
    for (const mark of panel.marks) {
      if (mark.kind !== 'policy') seen.add(mark.iteration * mostAgents + mark.agentIndex);
    }
  }
  return seen;
}

/** `300 of 10,000 iterations drawn: lowest and highest of each of 150 groups.` */
export function thinningSentences(thinning: Thinning): readonly string[] {
  const { groups, byAgent, drawnIterations, allIterations, drawnProposals, allProposals } = thinning;
  const lines =
    drawnIterations === allIterations
      ? []
      : [
          `${formatCount(drawnIterations)} of ${formatCount(allIterations)} iterations drawn: lowest and highest of each of ${formatCount(groups)} groups for every line.`,
        ];
  const signs =
    drawnProposals === allProposals
      ? []
      : [
          `${formatCount(drawnProposals)} of ${formatCount(allProposals)} marked proposals drawn: lowest and highest of each group, for every ${byAgent ? 'agent and verdict' : 'verdict, and all of the selected agent'}. The table has all of them.`,
        ];
  return [...lines, ...signs];
}
