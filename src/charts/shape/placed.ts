import type { FigureModel } from './figureModel.ts';
import { iterationWidth, xOf, yOf, type PanelBox } from './geometry.ts';
import type { ChartMark, PanelModel } from './panel.ts';

/** A mark with its middle in pixels of its panel. */
export interface PlacedMark {
  readonly mark: ChartMark;
  readonly x: number;
  readonly y: number;
  /** Where the dotted line from the current cost begins. */
  readonly tieY: number | undefined;
}

/** How far above the current cost a sign without a cost of its own stands. */
const lift = 14;
const railStep = 8;

/** Marks of a panel in pixels. Where agents share a height (rails, savings, rates) they stand side by side. */
export function placeMarks(
  panel: PanelModel,
  box: PanelBox,
  span: NonNullable<FigureModel['span']>,
): readonly PlacedMark[] {
  const agents = [...new Set(panel.marks.map((mark) => mark.agentIndex))].sort((a, b) => a - b);
  const room = (iterationWidth(box, span) * 0.7) / Math.max(1, agents.length);
  const step = Math.min(railStep, room);
  const besideOf = (mark: ChartMark): number =>
    (agents.indexOf(mark.agentIndex) - (agents.length - 1) / 2) * step;
  const sharesHeights = panel.lines.length === 0;
  return panel.marks.map((mark) => {
    const x = xOf(box, span, mark.iteration);
    const { place } = mark;
    switch (place.on) {
      case 'rail': {
        const rail = panel.rails.findIndex(({ id }) => id === place.rail);
        return { mark, x: x + besideOf(mark), y: box.railYs[rail] ?? box.bottom, tieY: undefined };
      }
      case 'above': {
        const y = yOf(box, panel, place.value) - lift;
        return { mark, x, y: Math.max(6, y), tieY: undefined };
      }
      case 'plot': {
        const tieY = mark.tiedTo === undefined ? undefined : yOf(box, panel, mark.tiedTo);
        const beside = sharesHeights ? besideOf(mark) : 0;
        return { mark, x: x + beside, y: yOf(box, panel, place.value), tieY };
      }
    }
  });
}

/** The mark nearest to a point, if one is within reach. */
export function nearestMark(
  placed: readonly PlacedMark[],
  x: number,
  y: number,
  reach: number,
): PlacedMark | undefined {
  let nearest: PlacedMark | undefined;
  let best = reach * reach;
  for (const candidate of placed) {
    const distance = (candidate.x - x) ** 2 + (candidate.y - y) ** 2;
    // The later one is drawn on top, so it wins a tie.
    if (distance <= best) [best, nearest] = [distance, candidate];
  }
  return nearest;
}
