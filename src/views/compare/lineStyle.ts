import type { Look } from '../../charts/shape/panel.ts';

/** How an experiment is drawn in a comparison; hues of their own, as the colour of an agent stays the agent's. */
export interface LineStyle extends Look {
  readonly dash: string;
  /** Place among those compared. */
  readonly place: number;
}

const colorCount = 6;

export function lineStyle(place: number, isBaseline: boolean): LineStyle {
  if (isBaseline) return { color: 'var(--ink)', dash: '5 4', place };
  return { color: `var(--x-${(place % colorCount) + 1})`, dash: place < colorCount ? 'none' : '12 3', place };
}
