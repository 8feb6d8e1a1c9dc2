import type { SignShape } from '../../ui/StatusMark.tsx';
import type { PicturePath } from '../../ui/export/figureSheet.ts';
import { verdictStatuses } from '../Glyph.tsx';
import type { PanelModel, MarkKind } from '../shape/panel.ts';

/** A part of a bar: shares of it lie over one another. */
export interface PlotBar {
  readonly fromX: number;
  readonly toX: number;
  readonly low: number;
  readonly high: number;
  readonly series: number;
}

/** Words at a point of a line. */
export interface PlotNote {
  readonly iteration: number;
  readonly value: number;
  readonly text: string;
}

export interface PlotPanel extends PanelModel {
  readonly notes?: readonly PlotNote[];
  readonly bars?: readonly PlotBar[];
}

/** One colour of the plot; lines and marks name it by its place (`agentIndex`). */
interface PlotSeries {
  readonly name: string;
  /** `#rrggbb` on white paper. */
  readonly color: string;
  /** Drawn as the broken line of a baseline, whatever its place. */
  readonly isBaseline?: boolean;
}

/** What a sign of the plot means, in words. */
export interface PlotKey {
  readonly sample: 'remeasured' | 'band' | SignShape;
  readonly words: string;
}

/** Everything that a figure draws, without the screen: panels under one another on one axis. */
export interface Plot {
  readonly panels: readonly PlotPanel[];
  /** First and last place of the axis. */
  readonly span: readonly [number, number];
  /** With its unit. */
  readonly xTitle: string;
  /** Round places between first and last, at most `count`. */
  readonly xTicks: (count: number) => readonly number[];
  readonly formatX: (value: number) => string;
  readonly series: readonly PlotSeries[];
  readonly key: readonly PlotKey[];
  /** Upright lines at these places: where days begin, or the zero of an axis. */
  readonly uprights: readonly number[];
  /** Dots of lines get the shape of their series; signs alone keep theirs. */
  readonly hasLineDots: boolean;
}

/** The unit that all texts of an axis share, and the texts without it: it stands in the axis title. */
export function withoutUnit(texts: readonly string[]): {
  readonly unit: '$' | '%' | undefined;
  readonly texts: readonly string[];
} {
  if (texts.length > 0 && texts.every((text) => /^[-−]?\$/.test(text)))
    return { unit: '$', texts: texts.map((text) => text.replace('$', '')) };
  if (texts.length > 0 && texts.every((text) => text.endsWith('%')))
    return { unit: '%', texts: texts.map((text) => text.replace(/\s*%$/, '')) };
  return { unit: undefined, texts };
}

/** Light values of the design tokens (`ui/tokens.css`): paper is white whatever the screen is. */
export const agentColors = [
  '#0072b2',
  '#976000',
  '#007c5e',
  '#a64c88',
  '#0a4a5e',
  '#8c2400',
  '#625c00',
  '#2f353d',
] as const;
export const experimentColors = ['#5a3ea8', '#a3195b', '#1f6f2f', '#00687a', '#7a4b12', '#46505c'] as const;
export const outcomeColors = {
  accepted: '#00714f',
  rejected: '#b04600',
  invalid: '#8e3f73',
  warning: '#7a5600',
} as const;
export const ink = {
  text: '#1a1f26',
  second: '#4d5763',
  third: '#626c78',
  line: '#e2e6ea',
  edge: '#87919c',
} as const;

export function colorAt(colors: readonly string[], index: number): string {
  return colors[index % colors.length] ?? ink.text;
}

/** Words that can be drawn: a place, and how. */
interface Words {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  readonly isBold?: boolean;
  readonly color?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

export type Say = (words: Words) => void;

/** How a series is told apart in one colour: shape of its dots, tone and dash of its line. */
export interface SeriesLook {
  readonly color: string;
  readonly dash: readonly number[] | undefined;
  readonly marker: number;
}

const circle = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
const square = (x: number, y: number, r: number): string => `M${x - r} ${y - r}H${x + r}V${y + r}H${x - r}Z`;
const diamond = (x: number, y: number, r: number): string =>
  `M${x} ${y - r * 1.3}L${x + r * 1.3} ${y}L${x} ${y + r * 1.3}L${x - r * 1.3} ${y}Z`;
const hexagon = (x: number, y: number, r: number): string =>
  `M${x - r} ${y - r / 2}L${x} ${y - r * 1.1}L${x + r} ${y - r / 2}V${y + r / 2}L${x} ${y + r * 1.1}L${x - r} ${y + r / 2}Z`;

/** Dots of lines: full and hollow by turns, so that neighbours differ most. */
const markers = [
  { shape: circle, isFull: true },
  { shape: square, isFull: false },
  { shape: diamond, isFull: true },
  { shape: hexagon, isFull: false },
  { shape: square, isFull: true },
  { shape: diamond, isFull: false },
  { shape: hexagon, isFull: true },
  { shape: circle, isFull: false },
];

/** The dot of a line. */
export function lineDot(look: SeriesLook, x: number, y: number, r: number): PicturePath {
  const { shape, isFull } = markers[look.marker % markers.length] ?? { shape: circle, isFull: true };
  return isFull
    ? { d: shape(x, y, r), fill: look.color }
    : { d: shape(x, y, r), fill: '#ffffff', stroke: look.color, strokeWidth: 1.4 };
}

export function shapeOf(kind: MarkKind): SignShape {
  return kind === 'policy' ? 'dot' : verdictStatuses[kind].shape;
}

/** A sign in the same shapes as on screen (`ui/StatusMark.tsx`). */
export function signPath(shape: SignShape, x: number, y: number, r: number, color: string): PicturePath {
  switch (shape) {
    case 'dot':
      return { d: circle(x, y, r), fill: color };
    case 'ring':
      return { d: circle(x, y, r + 1), fill: '#ffffff', stroke: color, strokeWidth: 1.5 };
    case 'cross':
      return {
        d: `M${x - r} ${y - r}L${x + r} ${y + r}M${x + r} ${y - r}L${x - r} ${y + r}`,
        stroke: color,
        strokeWidth: 1.6,
      };
    case 'triangle':
      return {
        d: `M${x} ${y - r * 1.2}L${x + r * 1.2} ${y + r * 0.95}H${x - r * 1.2}Z`,
        fill: '#ffffff',
        stroke: color,
        strokeWidth: 1.4,
      };
    case 'bar':
      return { d: `M${x - r} ${y}H${x + r}`, stroke: color, strokeWidth: 2.2 };
    case 'fork':
      return {
        d: `M${x - r} ${y}H${x}L${x + r} ${y - r}M${x} ${y}L${x + r} ${y + r}`,
        stroke: color,
        strokeWidth: 1.5,
      };
    case 'question':
      return { d: `M${x - r} ${y - r}H${x + r}V${y + r}H${x - r}Z`, stroke: color, strokeWidth: 1.4 };
  }
}
