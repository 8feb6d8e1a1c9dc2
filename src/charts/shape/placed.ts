import type { FigureModel } from './figureModel.ts';
import { iterationWidth, xOf, yOf, type PanelBox } from './geometry.ts';
import type { ChartLine, ChartMark, PanelModel, EndLabel } from './panel.ts';

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

interface PlacedLabel {
  readonly label: EndLabel;
  readonly y: number;
}

const lineHeight = 14;

/** The labels at the right of a panel, at the height of their line's end and never over one another. */
export function placeLabels(panel: PanelModel, box: PanelBox): readonly PlacedLabel[] {
  const lowest = panel.domain[0];
  // Zero has no place on a log scale: its label stands at the foot, beside the rail of its dot.
  const wanted = panel.labels.map(({ value }) => yOf(box, panel, Math.max(value, lowest)));
  const ys = spreadLabels(wanted, lineHeight, box.top + 2, box.bottom - 2);
  return panel.labels.map((label, index) => ({ label, y: ys[index] ?? box.bottom }));
}

/** Where each label's middle goes so that none overlap, as near as possible to where it wants to be. */
export function spreadLabels(
  wanted: readonly number[],
  gap: number,
  top: number,
  bottom: number,
): readonly number[] {
  const order = wanted.map((y, index) => ({ y, index })).sort((a, b) => a.y - b.y || a.index - b.index);
  const room = Math.max(0, bottom - top);
  // With more labels than room they share it evenly: a small overlap is better than a label off the picture.
  const step = order.length > 1 ? Math.min(gap, room / (order.length - 1)) : gap;
  const placed = blocksOf(
    order.map(({ y }) => y),
    step,
    top,
    bottom,
  );
  const result = new Array<number>(wanted.length).fill(top);
  order.forEach(({ index }, rank) => (result[index] = placed[rank] ?? top));
  return result;
}

interface Block {
  readonly size: number;
  readonly sum: number;
}

/** Neighbours that would overlap merge into one block, centred on the mean of what its members want. */
function blocksOf(sorted: readonly number[], step: number, top: number, bottom: number): readonly number[] {
  const startOf = (block: Block): number => {
    const centred = block.sum / block.size - ((block.size - 1) * step) / 2;
    return Math.max(top, Math.min(centred, bottom - (block.size - 1) * step));
  };
  const blocks: Block[] = [];
  for (const y of sorted) {
    let block: Block = { size: 1, sum: y };
    for (let above = blocks.at(-1); above !== undefined; above = blocks.at(-1)) {
      if (startOf(above) + above.size * step <= startOf(block) + 1e-9) break;
      block = { size: above.size + block.size, sum: above.sum + block.sum };
      blocks.pop();
    }
    blocks.push(block);
  }
  return blocks.flatMap((block) => Array.from({ length: block.size }, (_, i) => startOf(block) + i * step));
}
