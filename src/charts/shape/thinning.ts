import { verdicts } from '../../domain/experiment/verdict.ts';
import { formatCount } from '../../lib/format.ts';
import { groupBy } from '../../lib/groupBy.ts';
import type { PanelModel, ChartLine, ChartMark, MarkKind } from './panel.ts';

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

/** Groups of a line: 600 vertices over all lines of a panel, but never so few that a line loses its shape. */
const vertexBudget = 600;
const fewestGroups = 60;
/** Dots and signs over the whole figure stay under 600: at most these in each panel. */
const dotBudget = 180;
const signBudget = 200;

const markKinds: readonly MarkKind[] = ['policy', ...verdicts];

/** Whether anything of an experiment of this size could be left out. */
export function canBeThinned(iterations: number, proposals: number): boolean {
  return iterations > 2 * fewestGroups || proposals > signBudget;
}

export function groupsPerLine(lineCount: number): number {
  return Math.max(fewestGroups, Math.floor(vertexBudget / (2 * Math.max(1, lineCount))));
}

export function thinLines(
  lines: readonly ChartLine[],
  groups: number,
  selected: number | undefined,
): readonly ChartLine[] {
  return lines.map((line) => ({
    ...line,
    points: thinByExtremes(
      line.points,
      groups,
      (point) => point.value,
      (point) => point.iteration === selected,
    ),
  }));
}

/** Dots are drawn for all iterations or for none: a line alone is honest, every hundredth dot is not. */
export function dotsFit(dotCount: number): boolean {
  return dotCount <= dotBudget;
}

/**
 * Signs of each agent and verdict thinned apart, so that a rare verdict keeps its extremes; of so many agents that
 * the first and last sign of each were too many, each verdict over all agents. Untouched where they are few.
 */
export function thinSigns(
  marks: readonly ChartMark[],
  mustKeep: (mark: ChartMark) => boolean,
): readonly ChartMark[] {
  if (marks.length <= signBudget) return marks;
  const groups = thinsByAgent(marks)
    ? [...groupBy(marks, agentAndKind).values()]
    : // By iteration, so that a group is a stretch of the axis.
      [...groupBy(marks, ({ kind }) => kind).values()].map((own) =>
        own.toSorted((a, b) => a.iteration - b.iteration),
      );
  const each = Math.max(1, Math.floor(signBudget / (2 * groups.length)));
  return groups.flatMap((group) =>
    thinByExtremes(group, each, ({ place }) => (place.on === 'rail' ? undefined : place.value), mustKeep),
  );
}

const agentAndKind = ({ agentIndex, kind }: ChartMark): number =>
  agentIndex * markKinds.length + markKinds.indexOf(kind);

/** Whether each agent and verdict can keep the four signs that thinning leaves at the least: both ends, lowest, highest. */
export function thinsByAgent(marks: readonly ChartMark[]): boolean {
  return 2 * new Set(marks.map(agentAndKind)).size <= signBudget;
}

/**
 * At most about `3 * groups` of the items, in their order: the lowest and the highest of each group, the first item
 * without a value (a break of a line must stay a break), both ends, and everything that `mustKeep` names.
 * Never a random choice, and untouched where `2 * groups` is enough for all.
 */
export function thinByExtremes<T>(
  items: readonly T[],
  groups: number,
  valueOf: (item: T) => number | undefined,
  mustKeep: (item: T) => boolean,
): readonly T[] {
  if (items.length <= 2 * groups) return items;
  const kept: T[] = [];
  for (let group = 0; group < groups; group += 1) {
    const from = Math.floor((group * items.length) / groups);
    const to = Math.floor(((group + 1) * items.length) / groups);
    const extremes = extremesOf(items, from, to, valueOf);
    for (let index = from; index < to; index += 1) {
      const item = items[index];
      if (item === undefined) continue;
      const isEnd = index === 0 || index === items.length - 1;
      if (isEnd || extremes.includes(index) || mustKeep(item)) kept.push(item);
    }
  }
  return kept;
}

/** Positions of the lowest, the highest and the first missing value of `items[from..to)`. */
function extremesOf<T>(
  items: readonly T[],
  from: number,
  to: number,
  valueOf: (item: T) => number | undefined,
): readonly number[] {
  let [lowest, highest, missing] = [-1, -1, -1];
  let [low, high] = [Infinity, -Infinity];
  for (let index = from; index < to; index += 1) {
    const item = items[index];
    const value = item === undefined ? undefined : valueOf(item);
    if (value === undefined) {
      if (missing < 0) missing = index;
      continue;
    }
    if (value < low) [low, lowest] = [value, index];
    if (value > high) [high, highest] = [value, index];
  }
  return [lowest, highest, missing];
}
