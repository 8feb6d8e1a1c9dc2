import { useMemo, useState, type MouseEvent } from 'react';
import { PanelDrawing } from '../PanelDrawing.tsx';
import { gutters, iterationAt, panelBox, xOf, type PanelBox } from '../shape/geometry.ts';
import type { PanelModel } from '../shape/panel.ts';
import styles from './RunFigure.module.css';

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
  const layout = useMemo(() => {
    const side = gutters(panels, width);
    const drawing = panels.filter((panel) => panel.emptyText === undefined);
    return panels.map((panel, i) => ({
      panel,
      side,
      box: panelBox(panel, width, heights[i] ?? 72, side, panel === drawing.at(-1)),
    }));
  }, [panels, width]);
  const days = dayStarts.length > maxDayLines ? [] : dayStarts;

  const tickAt = (event: MouseEvent<HTMLElement>, box: PanelBox): number => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    return Math.max(0, Math.min(span[1] - 0.5, Math.round(iterationAt(box, span, x))));
  };
  return (
    <div onPointerLeave={() => setHovered(undefined)}>
      {layout.map(({ panel, side, box }) => (
        <div key={panel.title}>
          <div className={styles.title}>{panel.title}</div>
          {panel.emptyText !== undefined ? (
            <div className={styles.empty}>{panel.emptyText}</div>
          ) : (
            <div
              className={styles.panel}
              style={{ height: box.height }}
              data-panel={panel.title}
              onPointerMove={(event) => setHovered(tickAt(event, box))}
              onClick={(event) => onPickTick(tickAt(event, box))}
            >
              <PanelDrawing panel={panel} box={box} side={side} span={span} placed={noMarks} />
              <TickMarks
                box={box}
                tickX={xOf(box, span, tick)}
                tick={tick}
                hoveredX={hovered === undefined ? undefined : xOf(box, span, hovered)}
                hovered={hovered}
                dayXs={days.map((day) => xOf(box, span, day - 0.5))}
              />
            </div>
          )}
        </div>
      ))}
    </div>
  );
}

const noMarks: readonly [] = [];

interface TickMarksProps {
  readonly box: PanelBox;
  readonly tick: number;
  readonly tickX: number;
  readonly hovered: number | undefined;
  readonly hoveredX: number | undefined;
  readonly dayXs: readonly number[];
}

/** In front of the lines: where days begin, the replay's tick, and the tick under the pointer. */
function TickMarks({ box, tick, tickX, hovered, hoveredX, dayXs }: TickMarksProps) {
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
