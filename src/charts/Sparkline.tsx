import { centsToPlotNumber, type Cents } from '../lib/units.ts';
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx';
import styles from './Sparkline.module.css';

/**
 * Heights are shares of the first value, from zero to `ofFirst`, so that curves of one scale can be compared. What lies
 * outside is drawn at the edge.
 */
export interface SparklineScale {
  readonly ofFirst: number;
}

export interface SparklineProps {
  /** In order; a missing value breaks the line. */
  readonly values: readonly (Cents | undefined)[];
  /** Says in words what the picture shows, for those who do not see it. */
  readonly label: string;
  /** Left out, or with a first value that is not above zero: from the lowest to the highest of its own. */
  readonly scale?: SparklineScale | undefined;
  readonly width?: number;
  readonly height?: number;
}

const inset = 3;

/** A cost over the iterations, small enough for a table cell; without the charting library. */
export function Sparkline({ values, label, scale, width = 76, height = 24 }: SparklineProps) {
  const { path, end, firstY } = sparklineShape(values, width, height, inset, scale);
  return (
    <span className={styles.sparkline}>
      <VisuallyHidden>{label}</VisuallyHidden>
      <svg aria-hidden width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        {firstY !== undefined && (
          <path d={`M0 ${firstY}H${width}`} stroke="var(--line-3)" strokeDasharray="1 3" />
        )}
        <path
          d={path}
          fill="none"
          stroke="var(--ink-3)"
          strokeWidth={1.5}
          strokeLinecap="round"
          strokeLinejoin="round"
        />
        {end !== undefined && <circle cx={end[0]} cy={end[1]} r={2.2} fill="var(--accent)" />}
      </svg>
    </span>
  );
}

/** Two decimals of a pixel are enough. */
const pixel = (value: number): number => Number(value.toFixed(2));

interface SparklineShape {
  /** An SVG path; a missing value breaks it, a value alone is a dot. */
  readonly path: string;
  /** Middle of the dot at the last value. */
  readonly end: readonly [number, number] | undefined;
  /** Height of the first value, where the scale is of shares of it. */
  readonly firstY: number | undefined;
}

/** The least and the greatest value drawn, and the one that a line is drawn at. */
interface ValueRange {
  readonly low: number;
  readonly high: number;
  readonly first: number | undefined;
}

function rangeOf(numbers: readonly (number | undefined)[], scale: SparklineScale | undefined): ValueRange {
  const [first] = numbers;
  if (scale !== undefined && first !== undefined && first > 0) {
    return { low: 0, high: first * scale.ofFirst, first };
  }
  const known = numbers.filter((value) => value !== undefined);
  return {
    low: known.reduce((a, b) => Math.min(a, b), Infinity),
    high: known.reduce((a, b) => Math.max(a, b), -Infinity),
    first: undefined,
  };
}

/** Values over their order; on a scale of their own from the lowest at the foot to the highest, all equal: halfway up. */
export function sparklineShape(
  values: readonly (Cents | undefined)[],
  width: number,
  height: number,
  inset: number,
  scale?: SparklineScale,
): SparklineShape {
  const numbers = values.map((value) => (value === undefined ? undefined : centsToPlotNumber(value)));
  const { low, high, first } = rangeOf(numbers, scale);
  const x = (index: number): number =>
    pixel(inset + (values.length < 2 ? 0.5 : index / (values.length - 1)) * (width - 2 * inset));
  const y = (value: number): number => {
    const share = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0.5;
    return pixel(height - inset - share * (height - 2 * inset));
  };
  const at = numbers.findLastIndex((value) => value !== undefined);
  const last = numbers[at];
  return {
    path: curvePath(numbers, x, y),
    end: last === undefined ? undefined : [x(at), y(last)],
    firstY: first === undefined ? undefined : y(first),
  };
}

/** An SVG path over values in their order; a missing one breaks it, one alone is a dot under round caps. */
export function curvePath(
  values: readonly (number | undefined)[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let path = '';
  values.forEach((value, index) => {
    if (value === undefined) return;
    const isStart = values[index - 1] === undefined;
    path += isStart ? `M${x(index)} ${y(value)}h0` : `L${x(index)} ${y(value)}`;
  });
  return path;
}
