import type { FigureModel } from './figureModel.ts';
import { iterationWidth, xOf, yOf, type PanelBox } from './geometry.ts';
import type { ChartLine, ChartMark, PanelModel } from './panel.ts';

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
const slotWidth = 8;

/** Marks whose height many agents share: all on rails, and all of a panel without lines. */
function isShared(panel: PanelModel): (mark: ChartMark) => boolean {
  return (mark) => panel.lines.length === 0 || mark.place.on === 'rail';
}

/** Marks of a panel in pixels. Where agents share a height (rails, savings, rates) they stand side by side. */
export function placeMarks(panel: PanelModel, box: PanelBox, span: Span): readonly PlacedMark[] {
  // An agent's dot and its proposal never stand on the same spot either.
  const slotOf = (mark: ChartMark): number => 2 * mark.agentIndex + (mark.kind === 'policy' ? 0 : 1);
  const slots = [...new Set(panel.marks.filter(isShared(panel)).map(slotOf))].sort((a, b) => a - b);
  const room = (iterationWidth(box, span) * 0.8) / Math.max(1, slots.length);
  const step = Math.min(slotWidth, room);
  const besideOf = (mark: ChartMark): number => (slots.indexOf(slotOf(mark)) - (slots.length - 1) / 2) * step;
  const isBeside = isShared(panel);
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
        const beside = isBeside(mark) ? besideOf(mark) : 0;
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

type Span = NonNullable<FigureModel['span']>;
type Vertex = readonly [x: number, y: number];

const pixel = (value: number): string => String(Math.round(value * 100) / 100);
const at = ([x, y]: Vertex): string => `${pixel(x)},${pixel(y)}`;

/** Neighbouring items that have a place; a gap between them is never bridged. */
function runsOf<T, P>(items: readonly T[], placeOf: (item: T) => P | undefined): readonly (readonly P[])[] {
  const runs: P[][] = [[]];
  for (const item of items) {
    const place = placeOf(item);
    if (place === undefined) runs.push([]);
    else runs.at(-1)?.push(place);
  }
  return runs.filter((run) => run.length > 0);
}

/**
 * The path of a line in pixels of its panel: parameters in steps, since one is in force until the next. A value alone
 * between two gaps is a stroke without length, which round ends make a dot.
 */
export function linePath(line: ChartLine, panel: PanelModel, box: PanelBox, span: Span): string {
  const runs = runsOf(line.points, ({ iteration, value }): Vertex | undefined =>
    value === undefined || !Number.isFinite(value)
      ? undefined
      : [xOf(box, span, iteration), yOf(box, panel, value)],
  );
  const isStepped = line.role === 'parameter' || line.role === 'best';
  return runs
    .map(([first = [0, 0], ...rest]) => {
      const steps = rest.map((vertex) =>
        isStepped ? `H${pixel(vertex[0])}V${pixel(vertex[1])}` : `L${at(vertex)}`,
      );
      return `M${at(first)}${steps.length === 0 ? 'h0' : steps.join('')}`;
    })
    .join('');
}

/** The outline of the band around a line; empty where no value has an interval. */
export function bandPath(line: ChartLine, panel: PanelModel, box: PanelBox, span: Span): string {
  const runs = runsOf(line.points, ({ iteration, interval }) => {
    if (interval === undefined) return undefined;
    const x = xOf(box, span, iteration);
    return [
      [x, yOf(box, panel, interval[0])],
      [x, yOf(box, panel, interval[1])],
    ] as const;
  });
  return runs
    .map((run) => {
      const low = run.map(([vertex]) => at(vertex));
      const high = run.map(([, vertex]) => at(vertex)).reverse();
      return `M${[...low, ...high].join('L')}Z`;
    })
    .join('');
}
