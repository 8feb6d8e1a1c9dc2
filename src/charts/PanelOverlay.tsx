import styles from './PolicyCostFigure.module.css';
import { xOf, type PanelBox } from './shape/geometry.ts';

interface PanelOverlayProps {
  readonly box: PanelBox;
  readonly span: readonly [number, number];
  /** The iteration under the pointer or the keyboard. */
  readonly active: number | undefined;
  readonly selected: number | undefined;
  /** Middles of the marks to be ringed. */
  readonly rings: readonly (readonly [number, number])[];
  readonly isFocus: boolean;
}

const bandWidth = 28;

/** The selected iteration, behind the drawing, so that choosing another one draws nothing anew. */
export function SelectionBand({ box, span, selected }: Pick<PanelOverlayProps, 'box' | 'span' | 'selected'>) {
  const isShown = selected !== undefined && selected >= span[0] && selected <= span[1];
  return (
    <svg className={styles.layer} width={box.width} height={box.height} aria-hidden>
      {isShown && (
        <rect
          data-selected-iteration={selected}
          x={xOf(box, span, selected) - bandWidth / 2}
          y={2}
          width={bandWidth}
          height={box.height - 2}
          rx={4}
          fill="var(--accent-bg)"
        />
      )}
    </svg>
  );
}

/** What follows the pointer and the keyboard, in front of the drawing. */
export function PanelOverlay({ box, span, active, selected, rings, isFocus }: PanelOverlayProps) {
  return (
    <svg className={styles.layer} width={box.width} height={box.height} aria-hidden>
      {active !== undefined && (
        <line
          x1={xOf(box, span, active)}
          x2={xOf(box, span, active)}
          y1={2}
          y2={box.railYs.at(-1) ?? box.bottom}
          stroke="var(--ink-3)"
          strokeWidth={1}
        />
      )}
      {rings.map(([x, y], index) => (
        <circle
          key={index}
          data-ring={isFocus ? 'focus' : 'hover'}
          cx={x}
          cy={y}
          r={8.5}
          fill="none"
          stroke={isFocus ? 'var(--focus)' : 'var(--ink-2)'}
          strokeWidth={isFocus ? 2.5 : 1.5}
        />
      ))}
      {box.axisY !== undefined && (
        <>
          <AxisChip box={box} span={span} iteration={selected} fill="var(--accent-bg)" />
          <AxisChip box={box} span={span} iteration={active} fill="var(--surface)" />
        </>
      )}
    </svg>
  );
}

interface AxisChipProps extends Pick<PanelOverlayProps, 'box' | 'span'> {
  readonly iteration: number | undefined;
  readonly fill: string;
}

/** The iteration's number on the axis, over whatever number stands there. */
function AxisChip({ box, span, iteration, fill }: AxisChipProps) {
  if (iteration === undefined || iteration < span[0] || iteration > span[1]) return null;
  const x = xOf(box, span, iteration);
  const text = String(iteration);
  const width = Math.max(bandWidth, text.length * 7 + 8);
  const y = box.axisY ?? box.height;
  return (
    <>
      <rect x={x - width / 2} y={y - 12} width={width} height={16} rx={3} fill={fill} />
      <text x={x} y={y} textAnchor="middle" fontSize={11} fontWeight={600} fill="var(--ink)">
        {text}
      </text>
    </>
  );
}
