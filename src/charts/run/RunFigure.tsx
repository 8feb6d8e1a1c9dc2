import { useMemo, type ReactNode } from 'react';

import type { RunSeries, TwinGap } from '../../domain/answers/runs.ts';
import { formatCount } from '../../lib/format.ts';
import type { AgentId } from '../../lib/ids.ts';
import { Figure } from '../../ui/Figure.tsx';
import { AgentsLegend } from '../FigureLegend.tsx';
import { AxisChip, PanelFrame, type PanelLayout } from '../PanelFrame.tsx';
import { Measured, PanelStage } from '../PanelStage.tsx';
import { ReadoutCard } from '../ReadoutCard.tsx';
import { manyAgents } from '../shape/agentStyle.ts';
import { gutters, iterationAt, panelBox, xOf, type PanelBox } from '../shape/geometry.ts';
import type { PanelModel } from '../shape/panel.ts';
import {
  gapPanel,
  gapReadGroups,
  gapTable,
  tickSpan,
  type RunChartAgent,
  runPanel,
} from '../shape/run/runPanel.ts';
import {
  runReadGroups,
  runTable,
  tickReadout,
  tickSpeech,
  ticksAround,
  type ReadGroup,
} from '../shape/run/runReadout.ts';
import { pageOfStops, usePointing, type CursorKey } from '../usePointing.ts';
import styles from './RunFigure.module.css';

interface RunPanelsProps {
  /** The figure's name. */
  readonly name: string;
  /** What is read at a tick: of every agent that is drawn, the values in sight. */
  readonly groups: readonly ReadGroup[];
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

const keys =
  'Left and right arrow keys move over the ticks, up and down over what is read of each, Page keys by ten, Home and End to the first and last. Enter moves the replay there, Escape leaves.';

/** All panels on one axis, under one pointer and one keyboard cursor. */
function RunPanels(props: RunPanelsProps) {
  const { name, groups, panels, span, width, dayStarts, tick, onPickTick } = props;
  const lastTick = Math.floor(span[1]);
  const pointing = usePointing<TickSpot>({
    move: (from, key) => moveTick(groups, { from, key, lastTick, replayed: tick }),
    isSame: (a, b) => a.tick === b.tick && a.group === b.group,
    stillThere: (spot) => (spot.tick <= lastTick ? spot : undefined),
    onActivate: (spot) => onPickTick(spot.tick),
  });
  const spot = pointing.active?.spot;
  const readout = spot === undefined ? undefined : tickReadout(groups, spot.tick);
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
    <PanelStage
      name={name}
      keys={keys}
      width={width}
      pointing={pointing}
      readout={
        spot === undefined || readout === undefined || layouts[0] === undefined
          ? undefined
          : {
              x: xOf(layouts[0].box, span, spot.tick),
              blockCount: readout.blocks.length,
              content: (room) => <ReadoutCard {...readout} active={spot.group} room={room} />,
              speech: tickSpeech(readout, spot.group),
            }
      }
    >
      {layouts.map((layout) => (
        <PanelFrame
          key={layout.panel.title}
          layout={layout}
          side={side}
          span={span}
          isClickable
          front={<TickMarks box={layout.box} span={span} tick={tick} hovered={spot?.tick} days={days} />}
          onPoint={(x) => pointing.pointAt({ tick: tickAt(layout.box, x), group: undefined })}
          onPick={(x) => onPickTick(tickAt(layout.box, x))}
        />
      ))}
    </PanelStage>
  );
}

/** A tick, and whose values the keyboard rests on. */
interface TickSpot {
  readonly tick: number;
  readonly group: string | undefined;
}

interface TickMove {
  readonly from: TickSpot | undefined;
  readonly key: CursorKey;
  readonly lastTick: number;
  /** Where the cursor comes in. */
  readonly replayed: number;
}

/** Ticks that are put together to fit are one step; the cursor rests on the last of them, whose values are read. */
function moveTick(groups: readonly ReadGroup[], { from, key, lastTick, replayed }: TickMove): TickSpot {
  const endOf = (tick: number): number => Math.min(lastTick, ticksAround(groups, tick).toTick);
  const next = (tick: number): number => endOf(Math.min(lastTick, endOf(tick) + 1));
  const before = (tick: number): number => endOf(Math.max(0, ticksAround(groups, tick).fromTick - 1));
  const times = (count: number, step: (tick: number) => number, tick: number): number =>
    Array.from({ length: count }).reduce<number>(step, tick);
  if (from === undefined) {
    return {
      tick: key === 'Home' ? endOf(0) : key === 'End' ? lastTick : endOf(replayed),
      group: groups[0]?.name,
    };
  }
  const at = groups.findIndex(({ name }) => name === from.group);
  const beside = (index: number): TickSpot => ({ ...from, group: groups[index]?.name ?? from.group });
  switch (key) {
    case 'ArrowLeft':
      return { ...from, tick: before(from.tick) };
    case 'ArrowRight':
      return { ...from, tick: next(from.tick) };
    case 'PageUp':
      return { ...from, tick: times(pageOfStops, before, from.tick) };
    case 'PageDown':
      return { ...from, tick: times(pageOfStops, next, from.tick) };
    case 'Home':
      return { ...from, tick: endOf(0) };
    case 'End':
      return { ...from, tick: lastTick };
    case 'ArrowUp':
      return beside(at - 1);
    case 'ArrowDown':
      return beside(at + 1);
  }
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

const name = 'Time series';

interface RunFigureProps {
  /** One panel each, in order. */
  readonly series: readonly RunSeries[];
  /** All agents of the run: their place decides their colour. */
  readonly agents: readonly RunChartAgent[];
  readonly hiddenAgents: ReadonlySet<string>;
  readonly tickCount: number;
  /** First ticks of days but the first; faint lines. */
  readonly dayStarts: readonly number[];
  /** The tick that the replay shows. */
  readonly tick: number;
  readonly onPickTick: (tick: number) => void;
  /** Called with all that shall be hidden from then on. */
  readonly onHideAgents: (hidden: ReadonlySet<AgentId>) => void;
}

/** Balances, queues and costs of every agent over the whole run, on one axis of ticks, with the replay's tick. */
export function RunFigure(props: RunFigureProps) {
  const { series, agents, hiddenAgents, tickCount } = props;
  const drawn = useMemo(
    () => agents.filter(({ agentId }) => !hiddenAgents.has(agentId)),
    [agents, hiddenAgents],
  );
  const panels = useMemo(
    () => series.map((one) => runPanel(one, drawn, tickCount)),
    [series, drawn, tickCount],
  );
  const groups = useMemo(() => runReadGroups(series, drawn), [series, drawn]);
  // One pair for all renders: another one would draw every line anew at each step of the replay.
  const span = useMemo(() => tickSpan(tickCount), [tickCount]);
  const thinned = series.some((one) => one.thinned);
  const table = useMemo(() => () => runTable(series, agents), [series, agents]);
  return (
    <Figure
      name={name}
      caption={
        <>
          What each bank holds, has waiting and pays at the end of each of {formatCount(tickCount)} ticks; a
          click moves the replay there.
          {thinned &&
            ' Ticks are put together to fit: an upright stroke spans their least and most, the line goes on from the last.'}
          {drawn.length > manyAgents && ' With so many lines their ends carry no figure: the table has them.'}
        </>
      }
      table={table}
      sheet={async () => {
        const { runSheet } = await import('../export/linesSheet.ts');
        const caption = `What each bank holds, has waiting and pays at the end of each of ${formatCount(tickCount)} ticks.${thinned ? ' Ticks are put together to fit: an upright stroke spans their least and most.' : ''}`;
        return runSheet({ panels, agents, span, dayStarts: props.dayStarts, caption });
      }}
    >
      <div className={styles.content}>
        <AgentsLegend agents={agents} hiddenAgents={hiddenAgents} onHide={props.onHideAgents} />
        <Measured className={styles.measured}>
          {(width) => (
            <RunPanels
              name={name}
              groups={groups}
              panels={panels}
              span={span}
              width={width}
              dayStarts={props.dayStarts}
              tick={props.tick}
              onPickTick={props.onPickTick}
            />
          )}
        </Measured>
      </div>
    </Figure>
  );
}

const gapName = 'Running cost gap';

interface GapFigureProps {
  readonly gaps: readonly TwinGap[];
  readonly caption: ReactNode;
  readonly dayStarts: readonly number[];
  readonly tick: number;
  readonly onPickTick: (tick: number) => void;
}

/** What the second of two runs has cost more than the first, tick by tick. */
export function GapFigure({ gaps, caption, dayStarts, tick, onPickTick }: GapFigureProps) {
  const panels = useMemo(() => [gapPanel(gaps)], [gaps]);
  const groups = useMemo(() => gapReadGroups(gaps), [gaps]);
  const span = tickSpan((gaps.at(-1)?.tick ?? 0) + 1);
  return (
    <Figure
      name={gapName}
      caption={caption}
      table={() => gapTable(gaps)}
      sheet={async () => {
        const { runSheet } = await import('../export/linesSheet.ts');
        const words = 'What the second of two runs has cost more than the first so far, tick by tick.';
        return runSheet({ panels, agents: [], span, dayStarts, caption: words });
      }}
    >
      <div className={styles.content}>
        <Measured className={styles.measured}>
          {(width) => (
            <RunPanels
              name={gapName}
              groups={groups}
              panels={panels}
              span={span}
              width={width}
              dayStarts={dayStarts.filter((start) => start < span[1])}
              tick={Math.min(tick, Math.floor(span[1]))}
              onPickTick={onPickTick}
            />
          )}
        </Measured>
      </div>
    </Figure>
  );
}
