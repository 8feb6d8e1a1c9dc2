import { useMemo, useState } from 'react';
import { AxisChip, PanelFrame, type PanelLayout } from '../PanelFrame.tsx';
import { gutters, iterationAt, panelBox, xOf, type PanelBox } from '../shape/geometry.ts';
import type { PanelModel } from '../shape/panel.ts';

interface RunPanelsProps {
  readonly panels: readonly PanelModel[];
  readonly span: readonly [number, number];
  readonly width: number;
  readonly dayStarts: readonly number[];
  readonly tick: number;
  readonly onPickTick: (tick: number) => void;
}

/** Heights of the plots: the balances first, the others lower. */
const heights = [140, 72, 72, 72, 96];
/** More day boundaries than this would be a grey field. */
const maxDayLines = 60;

/** All panels on one axis, under one pointer. */
export function RunPanels({ panels, span, width, dayStarts, tick, onPickTick }: RunPanelsProps) {
  const [hovered, setHovered] = useState<number>();
  const { side, layouts } = useMemo(() => {
    const side = gutters(panels, width);
    const drawing = panels.filter((panel) => panel.emptyText === undefined);
    const layouts = panels.map((panel, i): PanelLayout => ({
      panel,
      box: panelBox(panel, width, heights[i] ?? 72, side, panel === drawing.at(-1)),
      placed: noMarks,
    }));
    return { side, layouts };
  }, [panels, width]);
  const days = dayStarts.length > maxDayLines ? [] : dayStarts;
  const tickAt = (box: PanelBox, x: number): number =>
    Math.max(0, Math.min(span[1] - 0.5, Math.round(iterationAt(box, span, x))));
  return (
    <div onPointerLeave={() => setHovered(undefined)}>
      {layouts.map((layout) => (
        <PanelFrame
          key={layout.panel.title}
          layout={layout}
          side={side}
          span={span}
          isClickable
          front={<TickMarks box={layout.box} span={span} tick={tick} hovered={hovered} days={days} />}
          onPoint={(x) => setHovered(tickAt(layout.box, x))}
          onPick={(x) => onPickTick(tickAt(layout.box, x))}
        />
      ))}
    </div>
  );
}

const noMarks: readonly [] = [];

interface TickMarksProps {
  readonly box: PanelBox;
  readonly span: readonly [number, number];
  readonly tick: number;
  readonly hovered: number | undefined;
  /** First ticks of days. */
  readonly days: readonly number[];
}

/** In front of the lines: where days begin, the replay's tick, and the tick under the pointer. */
function TickMarks({ box, span, tick, hovered, days }: TickMarksProps) {
  const upright = (at: number) => ({ x1: xOf(box, span, at), x2: xOf(box, span, at), y1: 2, y2: box.bottom });
  return (
    <>
      {days.map((day) => (
        <line key={day} {...upright(day - 0.5)} stroke="var(--line-2)" strokeDasharray="2 3" />
      ))}
      {hovered !== undefined && <line {...upright(hovered)} stroke="var(--ink-3)" />}
      <line {...upright(tick)} stroke="var(--accent)" strokeWidth={2} data-tick={tick} />
      <AxisChip box={box} span={span} at={hovered} fill="var(--surface)" />
      <AxisChip box={box} span={span} at={tick} fill="var(--accent-bg)" />
    </>
  );
}
