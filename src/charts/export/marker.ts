import type { MarkKind } from '../shape/panel.ts';
import type { SignShape } from '../../ui/StatusMark.tsx';
import type { PicturePath } from '../../ui/export/figureSheet.ts';
import { verdictStatuses } from '../verdictStatuses.ts';

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
