import { useMemo, type ReactNode } from 'react';

import type { RunSeries, TwinGap } from '../../domain/answers/runs.ts';
import { formatCount } from '../../lib/format.ts';
import type { AgentId } from '../../lib/ids.ts';
import { Figure } from '../../ui/Figure.tsx';
import { AgentsLegend } from '../FigureLegend.tsx';
import { Measured } from '../PanelStage.tsx';
import { manyAgents } from '../shape/agentStyle.ts';
import {
  gapPanel,
  gapReadGroups,
  gapTable,
  tickSpan,
  type RunChartAgent,
  runPanel,
} from '../shape/run/runPanel.ts';
import { runReadGroups, runTable } from '../shape/run/runReadout.ts';
import styles from './RunFigure.module.css';
import { RunPanels } from './RunPanels.tsx';
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
