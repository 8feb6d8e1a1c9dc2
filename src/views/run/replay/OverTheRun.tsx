import { useDeferredValue, useMemo } from 'react';

import { RunFigure } from '../../../charts/run/RunFigure.tsx';
import type { RunChartAgent } from '../../../charts/shape/run/runPanel.ts';
import type { RunSeries } from '../../../domain/answers/runs.ts';
import { Card } from '../../../ui/Card.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { ToggleGroup } from '../../../ui/ToggleGroup.tsx';
import { useAddress } from '../../shared/useAddress.ts';
import type { ReplayControl } from './useReplay.ts';
import { runFields } from '../fields.ts';

interface OverTheRunProps {
  /** undefined: still being read. */
  readonly series: readonly RunSeries[] | undefined;
  readonly agents: readonly RunChartAgent[];
  readonly tickCount: number;
  readonly dayStarts: readonly number[];
  readonly replay: ReplayControl;
}

const nobody: ReadonlySet<string> = new Set();

/** The charts under the replay; agents can be left out, which the address keeps. */
export function OverTheRun({ series, agents, tickCount, dayStarts, replay }: OverTheRunProps) {
  const { search, patch } = useAddress(runFields);
  const hidden = useMemo(() => (search.hide === undefined ? nobody : new Set(search.hide)), [search.hide]);
  // The choice answers at once, the drawing a moment later.
  const drawn = useDeferredValue(series);
  const byComponent = search.costs === 'component';
  return (
    <Card
      title="Time series"
      padded
      actions={
        <ToggleGroup
          label="Costs of the time series"
          value={byComponent ? 'component' : 'all'}
          choices={[
            { value: 'all', label: 'Total' },
            { value: 'component', label: 'By component' },
          ]}
          onChange={(value) => patch({ costs: value === 'component' ? value : undefined })}
        />
      }
    >
      {drawn === undefined ? (
        <ProgressBar doing="Reading balances, queues and costs" />
      ) : (
        <RunFigure
          series={drawn}
          agents={agents}
          hiddenAgents={hidden}
          tickCount={tickCount}
          dayStarts={dayStarts}
          tick={replay.tick}
          onPickTick={replay.goTo}
          onHideAgents={(next) => patch({ hide: next.size === 0 ? undefined : [...next] })}
        />
      )}
    </Card>
  );
}
