import type { EndLabel, PanelModel } from './panel.ts';

/** Pixels of one panel. The drawing library gets the same numbers, so its axes and our marks agree. */
export interface PanelBox {
  readonly width: number;
  readonly height: number;
  /** Edges of the plot inside the panel. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Middle of each rail, in the order of the panel's rails. */
  readonly railYs: readonly number[];
  /** Baseline of the iteration numbers; undefined where the axis is not written. */
  readonly axisY: number | undefined;
}

/** Room inside the plot before the first and after the last iteration, so that their marks are whole. */
export const edgePadding = 14;
const charWidth = 6.4;
const railHeight = 30;
const axisHeight = 22;
const top = 10;
const labelGap = 14;
/** So much of a figure's width its end labels may take, with the names in them. */
const labelShare = 0.34;
const labelPadding = 12;
/** A name of at most so many letters is written whole with its amount, as long as they leave the larger part to the plot. */
const shortName = 8;
const shortNameShare = 0.45;
/** A name of fewer letters tells nobody apart. */
const leastLetters = 4;
const smallestPlot = 2 * edgePadding + 20;

/** Widths of what stands left and right of both plots, so that iterations line up. */
export interface Gutters {
  readonly left: number;
  readonly right: number;
  /** Letters of an agent's name that the labels at the ends of the lines have room for; 0 where they have none. */
  readonly nameLetters: number;
  /** Whether their amounts have; half an amount reads as another one, so that none is written then. */
  readonly amountsFit: boolean;
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length)) * charWidth;
}

export function gutters(panels: readonly PanelModel[], width: number): Gutters {
  const ticks = panels.flatMap((panel) => panel.ticks.map(panel.formatTick));
  const labels = panels.flatMap((panel) => panel.labels);
  const names = labels.map(({ name }) => name.length);
  const bare = widest(labels.map(({ text }) => text));
  const letters = Math.min(
    Math.max(0, ...names),
    Math.floor((width * labelShare - bare - labelPadding) / charWidth) - 1,
  );
  const longest = Math.max(0, ...names);
  const whole = widest(labels.map((label) => labelText(label, longest))) + labelPadding;
  const isWhole = longest <= shortName && whole <= width * shortNameShare;
  const nameLetters = isWhole ? longest : letters < Math.min(leastLetters, ...names) ? 0 : letters;
  const wanted = widest(labels.map((label) => labelText(label, nameLetters))) + labelPadding;
  const left = Math.round(Math.max(36, widest(ticks) + 14));
  // An amount is whole, also where it leaves the plot little room.
  const most = Math.max(0, width - left - smallestPlot);
  const amountsFit = wanted <= most;
  const right = labels.length === 0 || !amountsFit ? 12 : Math.round(wanted);
  return { left, right, nameLetters, amountsFit };
}

/** A name with its amount; a long name keeps its first and its last letters, by which agents differ. */
export function labelText({ name, text }: EndLabel, nameLetters: number): string {
  if (nameLetters === 0 || name === '') return text;
  if (name.length <= nameLetters) return `${name} ${text}`.trim();
  const tail = Math.floor((nameLetters - 1) / 2);
  return `${name.slice(0, nameLetters - 1 - tail)}…${name.slice(name.length - tail)} ${text}`;
}

/** The box of a panel; it grows where the labels at the right would not fit. */
export function panelBox(
  panel: PanelModel,
  width: number,
  plotHeight: number,
  side: Gutters,
  withAxis: boolean,
): PanelBox {
  const needed = panel.labels.length * labelGap;
  const bottom = top + (panel.emptyText === undefined ? Math.max(plotHeight, needed) : 40);
  const railYs = panel.rails.map((_, index) => bottom + railHeight * (index + 1) - 7);
  const railsEnd = bottom + railHeight * panel.rails.length + (panel.rails.length > 0 ? 4 : 0);
  return {
    width,
    height: railsEnd + (withAxis ? axisHeight : 8),
    left: side.left,
    right: Math.max(side.left + smallestPlot, width - side.right),
    top,
    bottom,
    railYs,
    axisY: withAxis ? railsEnd + 16 : undefined,
  };
}

/** First and last iteration of the axis; a single iteration stands in the middle. */
export function iterationDomain(span: readonly [number, number]): readonly [number, number] {
  return span[0] === span[1] ? [span[0] - 1, span[1] + 1] : span;
}

export function xOf(box: PanelBox, span: readonly [number, number], iteration: number): number {
  const [first, last] = iterationDomain(span);
  const from = box.left + edgePadding;
  const to = box.right - edgePadding;
  return from + ((iteration - first) / (last - first)) * (to - from);
}

/** The inverse of `xOf`, with a fraction. */
export function iterationAt(box: PanelBox, span: readonly [number, number], x: number): number {
  return (
    iterationDomain(span)[0] + (x - xOf(box, span, iterationDomain(span)[0])) / iterationWidth(box, span)
  );
}

/** Pixels between two neighbouring iterations. */
export function iterationWidth(box: PanelBox, span: readonly [number, number]): number {
  const [first, last] = iterationDomain(span);
  return (box.right - box.left - 2 * edgePadding) / (last - first);
}

/** Where a value stands in its panel's domain: 0 at the lower end, 1 at the upper. */
export function shareOf(panel: Pick<PanelModel, 'scale' | 'domain'>, value: number): number {
  const place = panel.scale === 'log' ? Math.log : (plain: number) => plain;
  const [low, high] = [place(panel.domain[0]), place(panel.domain[1])];
  const range = high - low;
  if (Number.isFinite(range)) return (place(value) - low) / range;
  // Beyond half the largest double a difference overflows; halves of such numbers are exact.
  return (place(value) / 2 - low / 2) / (high / 2 - low / 2);
}

export function yOf(box: PanelBox, panel: PanelModel, value: number): number {
  return box.bottom - shareOf(panel, value) * (box.bottom - box.top);
}
