import { centsToPlotNumber, type Cents } from '../lib/units.ts';
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx';
import styles from './Sparkline.module.css';

export interface SparklineProps {
  /** In order; a missing value breaks the line. */
  readonly values: readonly (Cents | undefined)[];
  /** Says in words what the picture shows, for those who do not see it. */
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
}

const inset = 3;

/** A cost over the iterations, small enough for a table cell; without the charting library. */
export function Sparkline({ values, label, width = 88, height = 20 }: SparklineProps) {
  const { path, end } = sparklineShape(values, width, height, inset);
  return (
    <span className={styles.sparkline}>
      <VisuallyHidden>{label}</VisuallyHidden>
      <svg aria-hidden width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
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
}

/** Values over their order, from the lowest at the foot to the highest at the top; all equal: halfway up. */
export function sparklineShape(
  values: readonly (Cents | undefined)[],
  width: number,
  height: number,
  inset: number,
): SparklineShape {
  const numbers = values.map((value) => (value === undefined ? undefined : centsToPlotNumber(value)));
  const known = numbers.filter((value) => value !== undefined);
  const low = known.reduce((a, b) => Math.min(a, b), Infinity);
  const high = known.reduce((a, b) => Math.max(a, b), -Infinity);
  const x = (index: number): number =>
    pixel(inset + (values.length < 2 ? 0.5 : index / (values.length - 1)) * (width - 2 * inset));
  const y = (value: number): number =>
    pixel(height - inset - (high > low ? (value - low) / (high - low) : 0.5) * (height - 2 * inset));
  let path = '';
  let end: SparklineShape['end'];
  numbers.forEach((value, index) => {
    if (value === undefined) return;
    const isStart = numbers[index - 1] === undefined;
    // A move with a line of no length draws a dot under round caps.
    path += isStart ? `M${x(index)} ${y(value)}h0` : `L${x(index)} ${y(value)}`;
    end = [x(index), y(value)];
  });
  return { path, end };
}
