import { verdicts } from '../../domain/experiment/verdict.ts';
import type { ChartLine, ChartMark, MarkKind } from './panel.ts';
import { thinByExtremes } from './thin.ts';

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

/** Signs of each agent and verdict thinned apart, so that a rare verdict keeps its extremes. */
export function thinSigns(marks: readonly ChartMark[], selected: number | undefined): readonly ChartMark[] {
  if (marks.length <= signBudget) return marks;
  const kinds = new Map<number, ChartMark[]>();
  for (const mark of marks) {
    const key = mark.agentIndex * markKinds.length + markKinds.indexOf(mark.kind);
    const group = kinds.get(key);
    if (group === undefined) kinds.set(key, [mark]);
    else group.push(mark);
  }
  const groups = Math.max(1, Math.floor(signBudget / (2 * kinds.size)));
  return [...kinds.values()].flatMap((group) =>
    thinByExtremes(
      group,
      groups,
      ({ place }) => (place.on === 'rail' ? undefined : place.value),
      (mark) => mark.iteration === selected,
    ),
  );
}
