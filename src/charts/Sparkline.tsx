import { formatMoney, plural } from '../lib/format.ts';
import { centsToPlotNumber, type Cents, cents } from '../lib/units.ts';
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx';
import curveStyles from './CostCurves.module.css';
import styles from './Sparkline.module.css';

/**
 * Heights are shares of the first value, from zero to `ofFirst`, so that curves of one scale can be compared. What lies
 * outside is drawn at the edge.
 */
export interface SparklineScale {
  readonly ofFirst: number;
}

interface SparklineProps {
  /** In order; a missing value breaks the line. */
  readonly values: readonly (Cents | undefined)[];
  /** Says in words what the picture shows, for those who do not see it. */
  readonly label: string;
  /** Left out, or with a first value that is not above zero: from the lowest to the highest of its own. */
  readonly scale?: SparklineScale | undefined;
}

const [width, height, inset] = [76, 24, 3];

/** A cost over the iterations, small enough for a table cell; without the charting library. */
export function Sparkline({ values, label, scale }: SparklineProps) {
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
function curvePath(
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

interface CostCurve {
  readonly key: string;
  /** In order; a missing value breaks the line. */
  readonly values: readonly (Cents | undefined)[];
  /** Iterations that the values are spread over. */
  readonly iterationCount: number;
  readonly color: string;
}

interface CostCurvesProps {
  /** Says in words what is drawn. */
  readonly label: string;
  readonly curves: readonly CostCurve[];
}

const curvesWidth = 300;
const curvesHeight = 84;

/** A few costs over the iterations on one scale from zero, for a look; exact values stand beside it. */
export function CostCurves({ label, curves }: CostCurvesProps) {
  const highest = highestOf(curves);
  const mostIterations = Math.max(1, ...curves.map(({ iterationCount }) => iterationCount));
  const most = Math.max(1, mostIterations - 1);
  const y = (value: number): number => Math.round((1 - value / highest) * curvesHeight * 100) / 100;
  return (
    <div className={curveStyles.panel}>
      <div className={curveStyles.scale} aria-hidden>
        <span>{formatMoney(cents(BigInt(Math.round(highest))))}</span>
        <span>$0</span>
      </div>
      <svg
        role="img"
        aria-label={label}
        className={curveStyles.plot}
        viewBox={`0 0 ${curvesWidth} ${curvesHeight}`}
        preserveAspectRatio="none"
      >
        <path
          d={`M0 0H${curvesWidth}M0 ${curvesHeight}H${curvesWidth}`}
          stroke="var(--line)"
          vectorEffect="non-scaling-stroke"
        />
        {curves.map(({ key, values, iterationCount, color }) => {
          const step = ((iterationCount - 1) / most / Math.max(1, values.length - 1)) * curvesWidth;
          const path = curvePath(
            values.map((value) => (value === undefined ? undefined : centsToPlotNumber(value))),
            (index) => Math.round(index * step * 100) / 100,
            y,
          );
          return (
            <path
              key={key}
              d={path}
              fill="none"
              stroke={color}
              strokeWidth={1.8}
              strokeLinecap="round"
              strokeLinejoin="round"
              vectorEffect="non-scaling-stroke"
            />
          );
        })}
      </svg>
      <div className={curveStyles.iterations} aria-hidden>
        <span>first</span>
        <span>{plural(mostIterations, 'iteration')}</span>
      </div>
    </div>
  );
}

function highestOf(curves: readonly CostCurve[]): number {
  let highest = 1;
  for (const { values } of curves) {
    for (const value of values) {
      if (value !== undefined) highest = Math.max(highest, centsToPlotNumber(value));
    }
  }
  return highest;
}
