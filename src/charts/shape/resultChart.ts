/** A chart of any table: which column plays which part, and its marks. Pure. */

import { niceTicks, linearAxis, type ValueAxis } from './valueAxis.ts';
/** A cell of a table as it is drawn; a number may stand as text where it has more digits than a double. */
type ChartCell = string | number | bigint | boolean | undefined;

export interface ChartColumn {
  readonly name: string;
  readonly isNumber: boolean;
}

export const chartKinds = ['line', 'points', 'bars'] as const;
export type ChartKind = (typeof chartKinds)[number];

/** Places of columns. */
export interface ChartRoles {
  readonly kind: ChartKind;
  readonly x: number;
  readonly y: number;
  /** A line or a colour for each of its values; undefined: one for all rows. */
  readonly series: number | undefined;
}

/** Names that count along something. */
const along = /^(?:iteration|tick|sample|place|day|seed|n|x|range|time|date)$|_(?:tick|at|iteration)$/i;
const keyLike = /(?:^|_)(?:id|key|seed)$/i;
const mostSeries = 8;

/**
 * A guess at the parts: along the horizontal axis what counts iterations or ticks, else the first text; upwards the last
 * number, as statements put what they ask for last; a line for each value of a text with few of them.
 */
export function guessRoles(
  columns: readonly ChartColumn[],
  rows: readonly (readonly ChartCell[])[],
): ChartRoles | undefined {
  const places = columns.map((_, place) => place);
  const isNumber = (place: number) => columns[place]?.isNumber === true;
  const nameOf = (place: number) => columns[place]?.name ?? '';
  const numbers = places.filter(isNumber);
  const counted = numbers.find((place) => along.test(nameOf(place)));
  const measured = numbers.filter((place) => place !== counted && !keyLike.test(nameOf(place)));
  const y =
    measured.findLast((place) => /cents|cost|saving|count|payments|proposals|value/i.test(nameOf(place))) ??
    measured.at(-1) ??
    numbers.at(-1);
  if (y === undefined) return undefined;
  const texts = places.filter((place) => !isNumber(place));
  const distinct = (place: number) => new Set(rows.map((row) => row[place])).size;
  const x =
    counted ??
    texts.findLast((place) => distinct(place) > 1) ??
    texts[0] ??
    numbers.find((place) => place !== y);
  if (x === undefined) return undefined;
  const couldTell = texts.filter((place) => {
    const values = place === x ? 0 : distinct(place);
    return values > 1 && values <= mostSeries;
  });
  /** Whether a line would have one value at each place. */
  const isFunction = (series: number | undefined): boolean => {
    const seen = rows.map((row) => `${row[x]}\n${series === undefined ? '' : row[series]}`);
    return new Set(seen).size === rows.length;
  };
  const series = couldTell.find(isFunction) ?? couldTell[0];
  const kind = !isNumber(x) ? 'bars' : isFunction(series) ? 'line' : 'points';
  return { kind, x, y, series };
}

interface ChartPoint {
  /** Place on the horizontal axis: the number, or the place of the text among those that occur. */
  readonly x: number;
  readonly y: number;
  readonly xText: string;
  readonly yText: string;
}

interface ChartSeries {
  readonly name: string;
  readonly points: readonly ChartPoint[];
}

export interface ResultChartModel {
  readonly series: readonly ChartSeries[];
  /** Texts of the horizontal axis in their order; undefined where it is of numbers. */
  readonly categories: readonly string[] | undefined;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** Rows without a number for one of the axes. */
  readonly leftOut: number;
  /** Points that a thinned chart does not draw. */
  readonly thinned: number;
}

/** So many marks are drawn at most. */
const mostMarks = 600;

function numberOf(cell: ChartCell): number | undefined {
  if (cell === undefined || typeof cell === 'boolean' || cell === '') return undefined;
  const value = Number(cell);
  return Number.isFinite(value) ? value : undefined;
}

const textOf = (cell: ChartCell): string => (cell === undefined ? '–' : String(cell));

/** The marks of a table in the parts given to its columns. */
export function resultChartModel(
  columns: readonly ChartColumn[],
  rows: readonly (readonly ChartCell[])[],
  roles: ChartRoles,
): ResultChartModel {
  const { kind, x, y, series: by } = roles;
  const isCounted = columns[x]?.isNumber === true && kind !== 'bars';
  const places = new Map<string, number>();
  const found = new Map<string, ChartPoint[]>();
  let leftOut = 0;
  for (const row of rows) {
    const xText = textOf(row[x]);
    const yNumber = numberOf(row[y]);
    const xNumber = isCounted ? numberOf(row[x]) : (places.get(xText) ?? places.size);
    if (xNumber === undefined || yNumber === undefined) {
      leftOut += 1;
      continue;
    }
    if (!isCounted) places.set(xText, xNumber);
    const name = by === undefined ? (columns[y]?.name ?? '') : textOf(row[by]);
    const points = found.get(name) ?? [];
    found.set(name, points);
    points.push({ x: xNumber, y: yNumber, xText, yText: textOf(row[y]) });
  }
  const total = [...found.values()].reduce((sum, points) => sum + points.length, 0);
  const each = Math.max(4, Math.floor(mostMarks / Math.max(1, found.size)));
  const series = [...found].map(([name, points]) => {
    const ordered = kind === 'line' ? points.toSorted((a, b) => a.x - b.x) : points;
    return { name, points: ordered.length > each ? thin(ordered, each) : ordered };
  });
  const all = series.flatMap(({ points }) => points);
  return {
    series,
    categories: isCounted ? undefined : [...places.keys()],
    x: extent(all.map((point) => point.x)),
    y: extent(all.map((point) => point.y)),
    leftOut,
    thinned: total - all.length,
  };
}

function extent(values: readonly number[]): readonly [number, number] {
  if (values.length === 0) return [0, 1];
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return [low, high];
}

/** The lowest and the highest of each stretch of points, in their order; so no extreme is lost. */
function thin(points: readonly ChartPoint[], most: number): readonly ChartPoint[] {
  const width = Math.ceil((2 * points.length) / most);
  const kept: ChartPoint[] = [];
  for (let from = 0; from < points.length; from += width) {
    const stretch = points.slice(from, from + width);
    const low = stretch.reduce((a, b) => (b.y < a.y ? b : a));
    const high = stretch.reduce((a, b) => (b.y > a.y ? b : a));
    kept.push(...stretch.filter((point) => point === low || point === high));
  }
  return kept;
}

/** Bars are read by their length, so they begin at zero; lines and points take the room they need. */
export function resultAxis({ y: [low, high] }: ResultChartModel, kind: ChartKind): ValueAxis {
  if (kind === 'bars') return linearAxis([low, high], 1, 0, 5);
  const pad = (high - low) * 0.06 || Math.abs(low) * 0.05 || 1;
  return { domain: [low - pad, high + pad], ticks: niceTicks(low - pad, high + pad, 5) };
}

const tickFormat = new Intl.NumberFormat('en', { maximumSignificantDigits: 6 });

export const resultTick = (tick: number): string =>
  Math.abs(tick) >= 1e12 ? tick.toExponential(2) : tickFormat.format(tick);
