/** Rows as points over two of their columns. Pure. */

import { niceTicks } from './valueAxis.ts';

/** One column as an axis reads it. */
export interface ScatterColumn<Row> {
  readonly name: string;
  /** Otherwise its values are words, each with a place of its own. */
  readonly isNumber: boolean;
  /** A bigint is whole cents; a word on an axis of numbers is a stored value that is none. */
  readonly value: (row: Row) => string | number | bigint | boolean | undefined;
  readonly formatTick: (value: number) => string;
}

export interface ScatterAxis {
  readonly name: string;
  readonly domain: readonly [number, number];
  /** Words in the order of their places; undefined on an axis of numbers. */
  readonly categories: readonly string[] | undefined;
  readonly isWhole: boolean;
  readonly ticks: (count: number) => readonly number[];
  readonly formatTick: (value: number) => string;
}

export interface ScatterModel<Row> {
  readonly x: ScatterAxis;
  readonly y: ScatterAxis;
  /** Those that are drawn; the arrays beside it go by its places. */
  readonly rows: readonly Row[];
  readonly xs: Float64Array;
  /** NaN where it has no value upwards: it stands on the rail below. */
  readonly ys: Float64Array;
  /** Rows on the rail below. */
  readonly withoutY: number;
  /** Rows that are not drawn: they have no place across. */
  readonly withoutX: number;
}

/** Words beyond these have no place: an axis of so many could not be read. */
const mostCategories = 40;
const headroom = 0.06;
const largest = Number.MAX_VALUE;

/** Every row with a place across is a point; one without a value upwards stands on the rail. */
export function scatterModel<Row>(
  rows: readonly Row[],
  across: ScatterColumn<Row>,
  upwards: ScatterColumn<Row>,
): ScatterModel<Row> {
  const [xPlaces, yPlaces] = [placesOf(rows, across), placesOf(rows, upwards)];
  const hasPlace = (i: number) => !Number.isNaN(xPlaces.places[i]);
  const drawn = rows.filter((_, i) => hasPlace(i));
  const xs = xPlaces.places.filter((_, i) => hasPlace(i));
  const ys = yPlaces.places.filter((_, i) => hasPlace(i));
  return {
    x: axisOf(across, xs, xPlaces.categories),
    y: axisOf(upwards, ys, yPlaces.categories),
    rows: drawn,
    xs,
    ys,
    withoutY: ys.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0),
    withoutX: rows.length - drawn.length,
  };
}

/** The number of each row, or the place of its word among the most frequent ones; NaN where there is none. */
function placesOf<Row>(rows: readonly Row[], { isNumber, value }: ScatterColumn<Row>) {
  if (isNumber)
    return { places: Float64Array.from(rows, (row) => finite(value(row))), categories: undefined };
  const counts = new Map<string, number>();
  const words = rows.map((row) => {
    const found = value(row);
    if (found === undefined) return undefined;
    const word = String(found);
    counts.set(word, (counts.get(word) ?? 0) + 1);
    return word;
  });
  const categories = [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostCategories)
    .map(([word]) => word)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const placeOf = new Map(categories.map((word, place) => [word, place]));
  return {
    places: Float64Array.from(words, (word) => (word === undefined ? NaN : (placeOf.get(word) ?? NaN))),
    categories,
  };
}

function finite(value: ReturnType<ScatterColumn<never>['value']>): number {
  if (typeof value !== 'number' && typeof value !== 'bigint') return NaN;
  const found = Number(value);
  return Number.isFinite(found) ? found : NaN;
}

function axisOf<Row>(
  { name, formatTick }: ScatterColumn<Row>,
  values: Float64Array,
  categories: readonly string[] | undefined,
): ScatterAxis {
  if (categories !== undefined) {
    const last = Math.max(0, categories.length - 1);
    return {
      name,
      domain: [-0.5, last + 0.5],
      categories,
      isWhole: true,
      ticks: (count) => {
        const stride = Math.ceil(categories.length / Math.max(1, count));
        return categories.map((_, place) => place).filter((place) => place % stride === 0);
      },
      formatTick: (place) => categories[place] ?? '',
    };
  }
  let [low, high, isWhole] = [Infinity, -Infinity, true];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
    isWhole &&= Number.isInteger(value);
  }
  if (low > high) [low, high] = [0, 1];
  // Half of a difference does not overflow where the difference would.
  const pad = 2 * Math.min(largest / 8, (high / 2 - low / 2) * headroom) || Math.abs(low) * 0.05 || 1;
  const domain = [Math.max(-largest, low - pad), Math.min(largest, high + pad)] as const;
  return {
    name,
    domain,
    categories: undefined,
    isWhole,
    ticks: (count) => niceTicks(domain[0], domain[1], Math.max(1, count), isWhole ? 1 : 0),
    formatTick,
  };
}

/** Where a value lies between the ends of its axis: 0 at the low end, 1 at the high one. */
export function shareAlong({ domain: [low, high] }: Pick<ScatterAxis, 'domain'>, value: number): number {
  return (value / 2 - low / 2) / (high / 2 - low / 2 || 1);
}

/** The value at a share of the axis. */
export function valueAlong({ domain: [low, high] }: Pick<ScatterAxis, 'domain'>, share: number): number {
  return low + 2 * (share * (high / 2 - low / 2));
}

/** A stretch of an axis, both ends included. */
export type Stretch = readonly [number, number];

/**
 * What a rectangle drawn by hand means on an axis: of numbers a range with round ends, about a 500th of the axis
 * wide of the hand; of words those whose places it covers.
 */
export function stretchOf(
  axis: ScatterAxis,
  from: number,
  to: number,
): { readonly range: Stretch } | { readonly words: readonly string[] } {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  if (axis.categories !== undefined)
    return { words: axis.categories.filter((_, place) => place >= low && place <= high) };
  const span = axis.domain[1] / 2 - axis.domain[0] / 2;
  const step = 10 ** Math.floor(Math.log10((2 * span) / 500));
  if (!Number.isFinite(step) || step === 0) return { range: [low, high] };
  if (axis.isWhole && step <= 1) return { range: [Math.ceil(low) + 0, Math.floor(high) + 0] };
  const round = (value: number) => Number((Math.round(value / step) * step).toPrecision(12)) + 0;
  return { range: [round(low), round(high)] };
}

/** Places of the keyboard: every point once, by x and then by y, and the same by y and then by x. */
export interface ScatterStops {
  /** Places in `rows`. */
  readonly byX: readonly number[];
  readonly byY: readonly number[];
  /** The place in `byX` or `byY` of the stop that a row lies on. */
  readonly atX: (row: number) => number;
  readonly atY: (row: number) => number;
}

export function scatterStops({ xs, ys }: Pick<ScatterModel<unknown>, 'xs' | 'ys'>): ScatterStops {
  // The rail lies below every value.
  const y = (row: number) => (Number.isNaN(ys[row]) ? -Infinity : (ys[row] ?? 0));
  const x = (row: number) => xs[row] ?? 0;
  const compare = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0);
  const all = Array.from(xs, (_, row) => row).sort(
    (a, b) => compare(x(a), x(b)) || compare(y(a), y(b)) || a - b,
  );
  const byX: number[] = [];
  const stopOf = new Int32Array(xs.length);
  for (const row of all) {
    const last = byX.at(-1);
    if (last === undefined || x(last) !== x(row) || y(last) !== y(row)) byX.push(row);
    stopOf[row] = byX.length - 1;
  }
  const order = byX.map((_, place) => place);
  order.sort((a, b) => {
    const [one, other] = [byX[a] ?? 0, byX[b] ?? 0];
    return compare(y(one), y(other)) || compare(x(one), x(other));
  });
  const turn = new Int32Array(byX.length);
  order.forEach((place, at) => {
    turn[place] = at;
  });
  return {
    byX,
    byY: order.map((place) => byX[place] ?? 0),
    atX: (row) => stopOf[row] ?? 0,
    atY: (row) => turn[stopOf[row] ?? 0] ?? 0,
  };
}

/** Rows at the very place of this one. */
export function rowsAt({ xs, ys }: Pick<ScatterModel<unknown>, 'xs' | 'ys'>, row: number): readonly number[] {
  const found: number[] = [];
  for (let i = 0; i < xs.length; i += 1)
    if (xs[i] === xs[row] && (ys[i] === ys[row] || (Number.isNaN(ys[i]) && Number.isNaN(ys[row]))))
      found.push(i);
  return found;
}

/** Beyond so many points their signs would cover one another: squares are shaded by how many lie in each. */
const mostSigns = 3000;

export const isCrowded = ({ rows }: Pick<ScatterModel<unknown>, 'rows'>): boolean => rows.length > mostSigns;

/** How many points lie in a square, in steps. */
export const levelWords = ['1', '2 to 9', '10 to 99', '100 to 999', '1,000 and more'] as const;

export function levelOf(count: number): number {
  return Math.min(levelWords.length - 1, String(count).length - (count === 1 ? 1 : 0));
}
