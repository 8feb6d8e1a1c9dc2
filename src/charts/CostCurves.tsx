import { formatMoney, plural } from '../lib/format.ts';
import { cents, centsToPlotNumber, type Cents } from '../lib/units.ts';
import styles from './CostCurves.module.css';
import { curvePath } from './Sparkline.tsx';

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

const width = 300;
const height = 84;

/** A few costs over the iterations on one scale from zero, for a look; exact values stand beside it. */
export function CostCurves({ label, curves }: CostCurvesProps) {
  const highest = highestOf(curves);
  const mostIterations = Math.max(1, ...curves.map(({ iterationCount }) => iterationCount));
  const most = Math.max(1, mostIterations - 1);
  const y = (value: number): number => Math.round((1 - value / highest) * height * 100) / 100;
  return (
    <div className={styles.panel}>
      <div className={styles.scale} aria-hidden>
        <span>{formatMoney(cents(BigInt(Math.round(highest))))}</span>
        <span>$0</span>
      </div>
      <svg
        role="img"
        aria-label={label}
        className={styles.plot}
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
      >
        <path
          d={`M0 0H${width}M0 ${height}H${width}`}
          stroke="var(--line)"
          vectorEffect="non-scaling-stroke"
        />
        {curves.map(({ key, values, iterationCount, color }) => {
          const step = ((iterationCount - 1) / most / Math.max(1, values.length - 1)) * width;
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
      <div className={styles.iterations} aria-hidden>
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
