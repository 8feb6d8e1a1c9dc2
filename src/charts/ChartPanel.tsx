import type { MouseEvent } from 'react';
import { iterationAt, xOf, type Gutters, type PanelBox } from './shape/geometry.ts';
import type { PanelModel } from './shape/panel.ts';
import { nearestMark, type PlacedMark } from './shape/placed.ts';
import { nearestStop, type Stop, type StopMark } from './shape/stops.ts';
import { PanelDrawing } from './PanelDrawing.tsx';
import styles from './PolicyCostFigure.module.css';

/** What lies under the pointer: a mark, or an iteration beside its marks. */
export interface Pointed {
  readonly iteration: number;
  readonly mark: StopMark | undefined;
}

/** A panel with everything that its size decides. */
export interface PanelLayout {
  readonly panel: PanelModel;
  readonly box: PanelBox;
  readonly placed: readonly PlacedMark[];
}

interface ChartPanelProps extends PanelLayout {
  readonly side: Gutters;
  readonly span: readonly [number, number];
  readonly stops: readonly Stop[];
  readonly active: number | undefined;
  readonly selected: number | undefined;
  readonly rings: readonly (readonly [number, number])[];
  readonly isFocus: boolean;
  readonly onPoint: (pointed: Pointed) => void;
  readonly onPick: (pointed: Pointed) => void;
}

/** Pixels around a mark that count as on it. */
const reach = 16;

/** One panel in three layers: selection behind, drawing, pointer and focus in front. */
export function ChartPanel(props: ChartPanelProps) {
  const { panel, box, side, span, placed, selected } = props;
  const tell = (event: MouseEvent<HTMLElement>, listener: (pointed: Pointed) => void): void => {
    const edge = event.currentTarget.getBoundingClientRect();
    const found = pointedAt(props, event.clientX - edge.left, event.clientY - edge.top);
    if (found !== undefined) listener(found);
  };
  return (
    <>
      <div className={styles.title}>{panel.title}</div>
      {panel.emptyText !== undefined ? (
        <div className={styles.empty}>{panel.emptyText}</div>
      ) : (
        <div
          className={styles.panel}
          style={{ height: box.height }}
          onPointerMove={(event) => tell(event, props.onPoint)}
          onPointerDown={(event) => tell(event, props.onPoint)}
          onClick={(event) => tell(event, props.onPick)}
        >
          <SelectionBand box={box} span={span} selected={selected} />
          <PanelDrawing panel={panel} box={box} side={side} span={span} placed={placed} />
          <PanelOverlay
            box={box}
            span={span}
            active={props.active}
            selected={selected}
            rings={props.rings}
            isFocus={props.isFocus}
          />
        </div>
      )}
    </>
  );
}

function pointedAt(
  { box, span, placed, stops }: Pick<ChartPanelProps, 'box' | 'span' | 'placed' | 'stops'>,
  x: number,
  y: number,
): Pointed | undefined {
  const mark = nearestMark(placed, x, y, reach)?.mark;
  if (mark !== undefined) {
    const part = mark.kind === 'policy' ? 'policy' : 'proposal';
    return { iteration: mark.iteration, mark: { agentId: mark.agentId, part } };
  }
  const stop = stops[nearestStop(stops, iterationAt(box, span, x))];
  return stop === undefined ? undefined : { iteration: stop.iteration, mark: undefined };
}

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
function SelectionBand({ box, span, selected }: Pick<PanelOverlayProps, 'box' | 'span' | 'selected'>) {
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
function PanelOverlay({ box, span, active, selected, rings, isFocus }: PanelOverlayProps) {
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
