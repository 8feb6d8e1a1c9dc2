/** Where the readout stands: beside the iteration, or under a drawing that is narrow or has many agents. */
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
/** More agents than this in one column would be taller than the drawing. */
const mostBeside = 3;

export function readoutPlace(width: number, x: number, agentCount: number): ReadoutPlace {
  if (width < narrow || agentCount > mostBeside) {
    const fitting = Math.max(1, Math.floor((width - frame) / columnWidth));
    return { left: 0, width, columns: Math.min(fitting, Math.max(1, agentCount)), isBelow: true };
  }
  const own = columnWidth + frame;
  const right = x + gap;
  const left = right + own <= width ? right : x - gap - own;
  return { left: Math.max(0, left), width: own, columns: 1, isBelow: false };
}
