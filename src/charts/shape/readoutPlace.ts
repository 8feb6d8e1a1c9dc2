/** Where the readout stands: beside the iteration where it fits, under the drawing where that is narrow. */
export interface ReadoutPlace {
  readonly left: number;
  readonly width: number;
  readonly columns: number;
  readonly isBelow: boolean;
}

const columnWidth = 264;
const frame = 26;
const gap = 18;
const narrow = 560;

export function readoutPlace(width: number, x: number, agentCount: number): ReadoutPlace {
  if (width < narrow) return { left: 0, width, columns: 1, isBelow: true };
  const wanted = agentCount <= 2 ? 1 : agentCount <= 6 ? 2 : 3;
  const columns = Math.max(1, Math.min(wanted, Math.floor((width / 2 - frame) / columnWidth)));
  const own = columns * columnWidth + frame;
  const right = x + gap;
  const left = right + own <= width ? right : x - gap - own;
  return { left: Math.max(0, left), width: own, columns, isBelow: false };
}
