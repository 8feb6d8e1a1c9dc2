/** How an experiment is drawn in a comparison; hues of their own, as the colour of an agent stays the agent's. */
export interface LineStyle {
  readonly color: string;
  readonly dash: string;
}

const colorCount = 6;

export function lineStyle(place: number, isBaseline: boolean): LineStyle {
  if (isBaseline) return { color: 'var(--ink)', dash: '5 4' };
  return { color: `var(--x-${(place % colorCount) + 1})`, dash: place < colorCount ? 'none' : '12 3' };
}
