import { useMemo, type ReactNode } from 'react';
import type { TwinGap } from '../../domain/answers/runs.ts';
import { Figure } from '../../ui/Figure.tsx';
import { Measured } from '../Measured.tsx';
import { tickSpan } from '../shape/run/runPanel.ts';
import { gapPanel, gapReadGroups, gapTable } from '../shape/run/gapPanel.ts';
import styles from './RunFigure.module.css';
import { RunPanels } from './RunPanels.tsx';

const name = 'Running cost gap';

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
      name={name}
      caption={caption}
      table={() => gapTable(gaps)}
      sheet={async () => {
        const { runSheet } = await import('../export/runSheet.ts');
        const words = 'What the second of two runs has cost more than the first so far, tick by tick.';
        return runSheet({ panels, agents: [], span, dayStarts, caption: words });
      }}
    >
      <div className={styles.content}>
        <Measured className={styles.measured}>
          {(width) => (
            <RunPanels
              name={name}
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
