import type { Cents } from '../lib/units.ts';
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx';
import { sparklineShape } from './shape/sparkline.ts';
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
