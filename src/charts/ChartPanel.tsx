import { iterationAt, xOf, yOf, type Gutters, type PanelBox } from './shape/geometry.ts';
import type { ChartLine } from './shape/panel.ts';
import { nearestMark } from './shape/placed.ts';
import { nearestStop, type Stop, type MarkSpot } from './usePointing.ts';
import { AxisChip, PanelFrame, type PanelLayout } from './PanelFrame.tsx';

interface ChartPanelProps {
  readonly layout: PanelLayout;
  readonly side: Gutters;
  readonly span: readonly [number, number];
  readonly stops: readonly Stop[];
  readonly active: number | undefined;
  readonly selected: number | undefined;
  readonly rings: readonly (readonly [number, number])[];
  readonly isFocus: boolean;
  /** Place of the agent that stands out. */
  readonly raised?: number | undefined;
  /** The pointer is on the line or a mark of an agent, or on none. */
  readonly onRaise?: (agentIndex: number | undefined) => void;
  readonly onPoint: (pointed: MarkSpot) => void;
  readonly onPick: (pointed: MarkSpot) => void;
  /** A drag has chosen these iterations, the first of them first. */
  readonly onBrush?: ((first: number, last: number) => void) | undefined;
}

/** Pixels around a mark that count as on it. */
const reach = 16;

/** One panel of the iterations: the selection behind its drawing, pointer and focus in front. */
export function ChartPanel(props: ChartPanelProps) {
  const { layout, side, span, selected } = props;
  const { box } = layout;
  const tell = (x: number, y: number, listener: (pointed: MarkSpot) => void): void => {
    const found = pointedAt(props, x, y);
    if (found !== undefined) listener(found);
  };
  return (
    <PanelFrame
      layout={layout}
      side={side}
      span={span}
      raised={props.raised}
      behind={<SelectionBand box={box} span={span} selected={selected} />}
      front={
        <PanelOverlay
          box={box}
          span={span}
          active={props.active}
          selected={selected}
          rings={props.rings}
          isFocus={props.isFocus}
        />
      }
      onPoint={(x, y) => {
        props.onRaise?.(agentAt(layout, span, x, y));
        tell(x, y, props.onPoint);
      }}
      onPick={(x, y) => tell(x, y, props.onPick)}
      onBrush={
        props.onBrush &&
        ((...ends) => {
          const [first = 0, last = 0] = ends
            .map((x) => Math.round(iterationAt(box, span, x)))
            .toSorted((a, b) => a - b);
          props.onBrush?.(first, last);
        })
      }
    />
  );
}

function pointedAt(
  { layout: { box, placed }, span, stops }: Pick<ChartPanelProps, 'layout' | 'span' | 'stops'>,
  x: number,
  y: number,
): MarkSpot | undefined {
  const mark = nearestMark(placed, x, y, reach)?.mark;
  if (mark !== undefined) {
    const part = mark.kind === 'policy' ? 'policy' : 'proposal';
    return { iteration: mark.iteration, mark: { agentId: mark.agentId, part } };
  }
  const stop = stops[nearestStop(stops, iterationAt(box, span, x))];
  return stop === undefined ? undefined : { iteration: stop.iteration, mark: undefined };
}

/** Pixels beside a line that count as on it. */
const lineReach = 7;

/** Place of the agent whose mark or line is there. */
function agentAt(
  { panel, box, placed }: PanelLayout,
  span: readonly [number, number],
  x: number,
  y: number,
): number | undefined {
  const mark = nearestMark(placed, x, y, lineReach + 2)?.mark;
  if (mark !== undefined) return mark.agentIndex;
  const at = iterationAt(box, span, x);
  let nearest: number | undefined;
  let least = lineReach;
  for (const line of panel.lines) {
    const value = valueAt(line, at);
    if (value === undefined) continue;
    const away = Math.abs(yOf(box, panel, value) - y);
    if (away < least) [least, nearest] = [away, line.agentIndex];
  }
  return nearest;
}

/** The height of a line between two of its points: a parameter holds until the next, all else goes straight. */
function valueAt({ role, points }: ChartLine, at: number): number | undefined {
  const after = points.findIndex(({ iteration }) => iteration > at);
  const [from, to] = [points[after - 1], points[after]];
  if (from?.value === undefined) return undefined;
  if (to?.value === undefined || role === 'parameter') return from.value;
  return from.value + ((at - from.iteration) / (to.iteration - from.iteration)) * (to.value - from.value);
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

/** Behind the drawing, so that choosing another iteration draws nothing anew. */
function SelectionBand({ box, span, selected }: Pick<PanelOverlayProps, 'box' | 'span' | 'selected'>) {
  if (selected === undefined || selected < span[0] || selected > span[1]) return null;
  return (
    <rect
      data-selected-iteration={selected}
      x={xOf(box, span, selected) - bandWidth / 2}
      y={2}
      width={bandWidth}
      height={box.height - 2}
      rx={4}
      fill="var(--accent-bg)"
    />
  );
}

/** What follows the pointer and the keyboard, in front of the drawing. */
function PanelOverlay({ box, span, active, selected, rings, isFocus }: PanelOverlayProps) {
  return (
    <>
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
      <AxisChip box={box} span={span} at={selected} fill="var(--accent-bg)" leastWidth={bandWidth} />
      <AxisChip box={box} span={span} at={active} fill="var(--surface)" leastWidth={bandWidth} />
    </>
  );
}
