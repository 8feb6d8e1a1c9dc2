/** What the scatter draws under the pointer: axes, signs or squares, and what is chosen. */
import { memo, useMemo, type ReactNode } from 'react';

import type { Verdict } from '../domain/experiment/verdict.ts';
import { plural } from '../lib/format.ts';
import type { SignShape } from '../ui/StatusMark.tsx';
import { agentStyle } from './shape/agentStyle.ts';
import {
  isCrowded,
  levelOf,
  levelWords,
  shareAlong,
  type ScatterModel,
  type Stretch,
} from './shape/scatter.ts';
import { axisText } from './PanelDrawing.tsx';
import { verdictStatuses } from './Glyph.tsx';

/** What is chosen on an axis: stretches of it; undefined is all of it, the rail alone `rail`. */
export type Chosen = readonly Stretch[] | 'rail' | undefined;

/** How one row is drawn. */
export interface PointLook {
  readonly agentIndex: number;
  readonly verdict: Verdict;
  /** Whether all conditions fit it; the others are paler. */
  readonly isIn: boolean;
}

export const height = 260;
export const top = 10;
const [bottom, right] = [44, 16];
/** From the end of the plot to the rail of rows without a value. */
const railGap = 20;
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly railY: number | undefined;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

export function boxOf({ x, y, withoutY }: ScatterModel<unknown>, width: number): Box {
  const letters = Math.max(...y.ticks(5).map((tick) => y.formatTick(tick).length), 3);
  const left = Math.min(Math.max(48, letters * 6.5 + 14), width * 0.4);
  const end = width - right;
  const base = height - bottom - (withoutY > 0 ? railGap + 4 : 0);
  return {
    left,
    right: end,
    bottom: base,
    railY: withoutY > 0 ? base + railGap : undefined,
    x: (value) => left + shareAlong(x, value) * (end - left),
    y: (value) => base - shareAlong(y, value) * (base - top),
  };
}

/** A hand that moved less than this along an axis did not mean it. */
export const meant = 8;

export interface Drag {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

export interface Pixels {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

export function pixelsOf({ xs, ys }: ScatterModel<unknown>, box: Box): Pixels {
  return {
    x: Float32Array.from(xs, box.x),
    y: Float32Array.from(ys, (value) => (Number.isNaN(value) ? (box.railY ?? 0) : box.y(value))),
  };
}

export function ChosenArea({ box, x, y }: { readonly box: Box; readonly x: Chosen; readonly y: Chosen }) {
  if (x === undefined && y === undefined) return null;
  const clamp = (pixel: number, low: number, high: number) => Math.max(low, Math.min(high, pixel));
  const foot = (box.railY ?? box.bottom - 8) + 8;
  const columns: readonly Stretch[] =
    x === undefined || x === 'rail'
      ? [[box.left, box.right]]
      : x.map(([low, high]) => [
          clamp(box.x(low) - 1, box.left, box.right),
          clamp(box.x(high) + 1, box.left, box.right),
        ]);
  const lines: readonly Stretch[] =
    y === undefined
      ? [[top, foot]]
      : y === 'rail'
        ? [[box.bottom + 2, foot]]
        : y.map(([low, high]) => [
            clamp(box.y(high) - 1, top, box.bottom),
            clamp(box.y(low) + 1, top, box.bottom),
          ]);
  return (
    <g data-chosen>
      {columns.flatMap(([fromX, toX]) =>
        lines.map(([fromY, toY]) => (
          <rect
            key={`${fromX} ${fromY}`}
            x={fromX}
            y={fromY}
            width={Math.max(2, toX - fromX)}
            height={Math.max(2, toY - fromY)}
            fill="var(--accent-bg)"
            stroke="var(--accent)"
            strokeOpacity={0.5}
          />
        )),
      )}
    </g>
  );
}

export function Rubber({ box, drag: { from, to } }: { readonly box: Box; readonly drag: Drag }) {
  const foot = (box.railY ?? box.bottom - 8) + 8;
  const [isWide, isHigh] = [Math.abs(to[0] - from[0]) >= meant, Math.abs(to[1] - from[1]) >= meant];
  if (!isWide && !isHigh) return null;
  const [fromX, toX] = isWide ? [Math.min(from[0], to[0]), Math.max(from[0], to[0])] : [box.left, box.right];
  const [fromY, toY] = isHigh ? [Math.min(from[1], to[1]), Math.max(from[1], to[1])] : [top, foot];
  return (
    <rect
      x={fromX}
      y={fromY}
      width={toX - fromX}
      height={toY - fromY}
      fill="var(--accent)"
      fillOpacity={0.1}
      stroke="var(--accent)"
    />
  );
}

export function Axes({
  model: { x, y, withoutY },
  box,
}: {
  readonly model: ScatterModel<unknown>;
  readonly box: Box;
}) {
  const letters = Math.max(...x.ticks(6).map((tick) => x.formatTick(tick).length), 4);
  const xTicks = x.ticks(Math.max(1, Math.floor((box.right - box.left) / (letters * 7 + 24))));
  const yTicks = y.ticks(y.categories === undefined ? 5 : 10);
  return (
    <g>
      {yTicks.map((tick) => (
        <g key={tick}>
          <line x1={box.left} x2={box.right} y1={box.y(tick)} y2={box.y(tick)} stroke="var(--line)" />
          <text x={box.left - 8} y={box.y(tick) + 4} textAnchor="end" style={axisText}>
            {short(y.formatTick(tick), (box.left - 12) / 6)}
          </text>
        </g>
      ))}
      {xTicks.map((tick) => (
        <text key={tick} x={box.x(tick)} y={height - 24} textAnchor="middle" style={axisText}>
          {x.formatTick(tick)}
        </text>
      ))}
      {box.railY !== undefined && (
        <>
          <line
            x1={box.left}
            x2={box.right}
            y1={box.railY}
            y2={box.railY}
            stroke="var(--line-2)"
            strokeDasharray="1 3"
          />
          <text x={box.right} y={box.railY - 8} textAnchor="end" style={axisText}>
            {plural(withoutY, 'proposal')} without {y.name}
          </text>
        </>
      )}
      <text x={(box.left + box.right) / 2} y={height - 6} textAnchor="middle" style={axisText}>
        {x.name}
      </text>
    </g>
  );
}

const short = (text: string, letters: number): string =>
  text.length <= Math.max(4, letters) ? text : `${text.slice(0, Math.max(3, Math.floor(letters) - 1))}…`;

/** Pixels of a square where signs would lie too close. */
const square = 6;
/** Opacity of the squares of a level. */
export const shadeOf = (level: number): number => 0.28 + 0.18 * level;

interface PointsProps<Row> {
  readonly model: ScatterModel<Row>;
  readonly lookOf: (row: Row) => PointLook;
  readonly pixels: Pixels;
}

/** One path a look, whatever their number: nothing that follows the pointer is in here. */
export const Points = memo(function Points<Row>({ model, lookOf, pixels }: PointsProps<Row>) {
  const looks = useMemo(() => model.rows.map(lookOf), [model, lookOf]);
  const squares = useMemo(
    () => (isCrowded(model) ? squaresOf(looks, pixels) : undefined),
    [model, looks, pixels],
  );
  if (squares === undefined)
    return signPaths(looks, pixels).map(({ key, look, d }) => {
      const { shape } = verdictStatuses[look.verdict];
      const { color } = agentStyle(look.agentIndex);
      const isFilled = shape === 'dot';
      return (
        <path
          key={key}
          d={d}
          data-verdict={look.verdict}
          data-in={look.isIn}
          fill={isFilled ? color : 'none'}
          stroke={isFilled ? 'none' : color}
          strokeWidth={1.7}
          opacity={look.isIn ? 0.9 : 0.28}
        />
      );
    });
  return squares.map(({ d, isIn, level }) => (
    <path
      key={`${String(isIn)} ${level}`}
      d={d}
      data-in={isIn}
      fill={isIn ? 'var(--accent)' : 'var(--ink-3)'}
      fillOpacity={isIn ? shadeOf(level) : shadeOf(level) / 2}
    />
  ));
}) as <Row>(props: PointsProps<Row>) => ReactNode;

/** Signs that would cover one another exactly are drawn once. */
function signPaths(looks: readonly PointLook[], { x, y }: Pixels) {
  const paths = new Map<number, { readonly look: PointLook; readonly parts: string[] }>();
  const seen = new Set<number>();
  for (const [i, look] of looks.entries()) {
    const style =
      (look.agentIndex * verdictNames.length + verdictNames.indexOf(look.verdict)) * 2 + (look.isIn ? 1 : 0);
    const [px, py] = [Math.round(x[i] ?? 0), Math.round(y[i] ?? 0)];
    const place = (style * 512 + py) * 8192 + px;
    if (seen.has(place)) continue;
    seen.add(place);
    const path = paths.get(style) ?? { look, parts: [] };
    paths.set(style, path);
    path.parts.push(signAt(verdictStatuses[look.verdict].shape, px, py, 3.6));
  }
  // Those that fit lie over the paler ones.
  return [...paths]
    .map(([key, { look, parts }]) => ({ key, look, d: parts.join('') }))
    .sort((a, b) => Number(a.look.isIn) - Number(b.look.isIn));
}

const verdictNames = Object.keys(verdictStatuses) as readonly Verdict[];

/** The outline of a sign, many of which make one path; shapes as in `ui/StatusMark.tsx`. */
function signAt(shape: SignShape, x: number, y: number, r: number): string {
  switch (shape) {
    case 'cross':
      return `M${x - r} ${y - r}l${2 * r} ${2 * r}m0 ${-2 * r}l${-2 * r} ${2 * r}`;
    case 'triangle':
      return `M${x} ${y - r * 1.2}l${r * 1.2} ${r * 2.15}h${-2.4 * r}z`;
    case 'bar':
      return `M${x - r} ${y}h${2 * r}`;
    case 'dot':
    case 'ring':
    case 'fork':
    case 'question':
      return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
  }
}

/** Squares by how many points lie in them. */
function squaresOf(looks: readonly PointLook[], { x, y }: Pixels) {
  return [false, true].flatMap((isIn) => {
    const counts = new Map<number, number>();
    for (const [i, look] of looks.entries()) {
      if (look.isIn !== isIn) continue;
      const cell = Math.floor((y[i] ?? 0) / square) * 4096 + Math.floor((x[i] ?? 0) / square);
      counts.set(cell, (counts.get(cell) ?? 0) + 1);
    }
    const parts = levelWords.map((): string[] => []);
    for (const [cell, count] of counts) {
      const [left, upper] = [(cell % 4096) * square, Math.floor(cell / 4096) * square];
      parts[levelOf(count)]?.push(`M${left} ${upper}h${square - 0.5}v${square - 0.5}h${0.5 - square}z`);
    }
    return parts.flatMap((of, level) => (of.length === 0 ? [] : [{ d: of.join(''), isIn, level }]));
  });
}
