import { useRef, useState, type MouseEvent, type PointerEvent, type ReactNode } from 'react';
import { PanelDrawing, RaisedSeries, axisText } from './PanelDrawing.tsx';
import styles from './PanelFrame.module.css';
import { xOf, type Gutters, type PanelBox } from './shape/geometry.ts';
import type { PanelModel } from './shape/panel.ts';
import type { PlacedMark } from './shape/placed.ts';

/** A panel with everything that its size decides. */
export interface PanelLayout {
  readonly panel: PanelModel;
  readonly box: PanelBox;
  readonly placed: readonly PlacedMark[];
}

/** Pixels inside a panel. */
type PixelListener = (x: number, y: number) => void;

interface PanelFrameProps {
  readonly layout: PanelLayout;
  readonly side: Gutters;
  readonly span: readonly [number, number];
  /** Place of an agent that stands out before the others. */
  readonly raised?: number | undefined;
  /** Whether a click anywhere does something. */
  readonly isClickable?: boolean;
  /** SVG behind the drawing. */
  readonly behind?: ReactNode;
  /** SVG in front of it: what follows the pointer and the keyboard. */
  readonly front: ReactNode;
  readonly onPoint: PixelListener;
  readonly onPick: PixelListener;
  /** Makes a drag over the panel choose a part of the axis: its two ends in pixels, in any order. */
  readonly onBrush?: ((fromX: number, toX: number) => void) | undefined;
}

/** One panel of any figure: its title, and three layers that share their pixels; or why there is nothing to draw. */
export function PanelFrame(props: PanelFrameProps) {
  const { layout, side, span, raised, isClickable = false, behind, front, onPoint, onPick } = props;
  const { panel, box, placed } = layout;
  const brush = useBrush(props.onBrush);
  const tell = (event: MouseEvent<HTMLElement>, listener: PixelListener): void => {
    const edge = event.currentTarget.getBoundingClientRect();
    listener(event.clientX - edge.left, event.clientY - edge.top);
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
          data-panel={panel.title}
          data-clickable={isClickable || undefined}
          data-raised={raised}
          data-brushable={props.onBrush === undefined ? undefined : true}
          onPointerMove={(event) => {
            brush.move(event);
            tell(event, onPoint);
          }}
          onPointerDown={(event) => {
            brush.begin(event);
            tell(event, onPoint);
          }}
          onPointerUp={brush.end}
          onPointerCancel={brush.leave}
          onClick={(event) => {
            if (!brush.takeClick()) tell(event, onPick);
          }}
        >
          {behind !== undefined && <Layer box={box}>{behind}</Layer>}
          <PanelDrawing panel={panel} box={box} side={side} span={span} placed={placed} />
          <Layer box={box}>
            {raised !== undefined && (
              <RaisedSeries {...{ panel, box, side, span, placed }} agentIndex={raised} />
            )}
            {front}
            {brush.drawn !== undefined && (
              <rect
                data-brush
                x={Math.min(...brush.drawn)}
                width={Math.abs(brush.drawn[1] - brush.drawn[0])}
                y={2}
                height={box.bottom - 2}
                fill="var(--accent)"
                fillOpacity={0.14}
                stroke="var(--accent)"
              />
            )}
          </Layer>
        </div>
      )}
    </>
  );
}

/** A shorter drag is a click of an unsteady hand. */
const leastDrag = 8;

/** A drag of the mouse or pen over a panel; a finger scrolls the page. */
function useBrush(onBrush: PanelFrameProps['onBrush']) {
  const from = useRef<number>(undefined);
  const isClickOver = useRef(false);
  const [drawn, setDrawn] = useState<readonly [number, number]>();
  const xIn = (event: PointerEvent<HTMLElement>): number =>
    event.clientX - event.currentTarget.getBoundingClientRect().left;
  const leave = (): void => {
    from.current = undefined;
    setDrawn(undefined);
  };
  return {
    drawn,
    leave,
    begin: (event: PointerEvent<HTMLElement>): void => {
      isClickOver.current = false;
      if (onBrush === undefined || event.button !== 0 || event.pointerType === 'touch') return;
      from.current = xIn(event);
    },
    move: (event: PointerEvent<HTMLElement>): void => {
      if (from.current === undefined) return;
      const x = xIn(event);
      if (drawn === undefined && Math.abs(x - from.current) < leastDrag) return;
      if (drawn === undefined) event.currentTarget.setPointerCapture(event.pointerId);
      setDrawn([from.current, x]);
    },
    end: (): void => {
      if (drawn !== undefined) {
        isClickOver.current = true;
        onBrush?.(...drawn);
      }
      leave();
    },
    /** Whether the click that follows belongs to a drag. */
    takeClick: (): boolean => isClickOver.current,
  };
}

function Layer({ box, children }: { readonly box: PanelBox; readonly children: ReactNode }) {
  return (
    <svg className={styles.layer} width={box.width} height={box.height} aria-hidden>
      {children}
    </svg>
  );
}

interface AxisChipProps {
  readonly box: PanelBox;
  readonly span: readonly [number, number];
  /** Iteration or tick; nothing is drawn outside the axis. */
  readonly at: number | undefined;
  readonly fill: string;
  readonly leastWidth?: number;
}

/** A number of the axis made visible, over whatever number stands there; nothing where no axis is written. */
export function AxisChip({ box, span, at, fill, leastWidth = 0 }: AxisChipProps) {
  const y = box.axisY;
  if (y === undefined || at === undefined || at < span[0] || at > span[1]) return null;
  const x = xOf(box, span, at);
  const text = String(at);
  const width = Math.max(leastWidth, text.length * 7 + 10);
  return (
    <>
      <rect x={x - width / 2} y={y - 12} width={width} height={16} rx={3} fill={fill} />
      <text x={x} y={y} textAnchor="middle" {...axisText} fontWeight="var(--weight-bold)" fill="var(--ink)">
        {text}
      </text>
    </>
  );
}
