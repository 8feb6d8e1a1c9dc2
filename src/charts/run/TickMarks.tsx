import type { PanelBox } from '../shape/geometry.ts';
import styles from './RunFigure.module.css';

interface TickMarksProps {
  readonly box: PanelBox;
  readonly tick: number;
  readonly tickX: number;
  readonly hovered: number | undefined;
  readonly hoveredX: number | undefined;
  readonly dayXs: readonly number[];
}

/** In front of the lines: where days begin, the replay's tick, and the tick under the pointer. */
export function TickMarks({ box, tick, tickX, hovered, hoveredX, dayXs }: TickMarksProps) {
  const upright = (x: number) => ({ x1: x, x2: x, y1: 2, y2: box.bottom });
  return (
    <svg className={styles.layer} width={box.width} height={box.height} aria-hidden>
      {dayXs.map((x) => (
        <line key={x} {...upright(x)} stroke="var(--line-2)" strokeDasharray="2 3" />
      ))}
      {hoveredX !== undefined && <line {...upright(hoveredX)} stroke="var(--ink-3)" />}
      <line {...upright(tickX)} stroke="var(--accent)" strokeWidth={2} data-tick={tick} />
      {box.axisY !== undefined && hovered !== undefined && hoveredX !== undefined && (
        <AxisChip x={hoveredX} y={box.axisY} text={String(hovered)} fill="var(--surface)" />
      )}
      {box.axisY !== undefined && (
        <AxisChip x={tickX} y={box.axisY} text={String(tick)} fill="var(--accent-bg)" />
      )}
    </svg>
  );
}

function AxisChip({ x, y, text, fill }: { x: number; y: number; text: string; fill: string }) {
  const width = text.length * 7 + 10;
  return (
    <>
      <rect x={x - width / 2} y={y - 12} width={width} height={16} rx={3} fill={fill} />
      <text x={x} y={y} textAnchor="middle" fontSize={11} fontWeight={600} fill="var(--ink)">
        {text}
      </text>
    </>
  );
}
