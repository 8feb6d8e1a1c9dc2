import type { MouseEvent } from 'react';
import { iterationAt, type Gutters, type PanelBox } from './shape/geometry.ts';
import type { PanelModel } from './shape/panel.ts';
import { nearestMark, type PlacedMark } from './shape/placed.ts';
import { nearestStop, type Stop, type StopMark } from './shape/stops.ts';
import { PanelDrawing } from './PanelDrawing.tsx';
import { PanelOverlay, SelectionBand } from './PanelOverlay.tsx';
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
