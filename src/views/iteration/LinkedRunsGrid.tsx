import { useMemo } from 'react';

import type { OpenFile } from '../../data/session/state.ts';
import { lastDayWords } from '../../domain/days/words.ts';
import type { DayCosts } from '../../domain/answers/days.ts';
import type { LinkedRun } from '../../domain/experiment/normalised.ts';
import { Card } from '../../ui/Card.tsx';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { hrefTo } from '../../url/addresses.ts';
import { wordsWidth } from '../shared/columnWidth.ts';
import { LastDay } from '../shared/LastDay.tsx';
import { Money } from '../shared/Money.tsx';
import { useAddress } from '../shared/useAddress.ts';
import { linkMeanings } from '../shared/words.ts';
import { iterationFields } from './fields.ts';

type Column = GridColumn<LinkedRun>;

const columnsOf = (days: DayCosts | undefined): readonly Column[] => [
  { id: 'run', header: 'Run', value: (run) => run.simulationId, link: true, width: 340 },
  { id: 'purpose', header: 'Purpose', value: (run) => run.purpose, width: 100 },
  {
    id: 'linked',
    header: 'Linked by',
    value: (run) => run.linkedBy,
    render: (run) => (
      <span title={linkMeanings[run.linkedBy]}>
        {run.linkedBy}: {linkMeanings[run.linkedBy]}
      </span>
    ),
    grow: true,
    width: 260,
  },
  {
    id: 'seed',
    header: 'Seed',
    value: (run) => run.seed,
    sortValue: (run) => (run.seed === undefined ? undefined : BigInt(run.seed)),
    align: 'end',
    width: 110,
  },
  { id: 'sample', header: 'Sample', value: (run) => run.sampleIndex, align: 'end', width: 76 },
  { id: 'arrivals', header: 'Arrivals', value: (run) => run.arrivals, align: 'end', width: 84 },
  { id: 'settlements', header: 'Settlements', value: (run) => run.settlements, align: 'end', width: 96 },
  {
    id: 'cost',
    header: 'Cost',
    value: (run) => run.totalCostCents,
    render: (run) => (
      <>
        <Money cents={run.totalCostCents} />
        <LastDay only={days?.runs.get(run.simulationId)} />
      </>
    ),
    align: 'end',
    width: wordsWidth(
      [...(days?.runs.values() ?? [])].map(lastDayWords),
      100,
      days?.runs.size === 0 ? 0 : 84,
    ),
  },
];

interface LinkedRunsGridProps {
  readonly runs: readonly LinkedRun[];
  readonly file: OpenFile;
  readonly days: DayCosts | undefined;
}

/** The stored simulations behind this iteration, and how each was matched to it. */
export function LinkedRunsGrid({ runs, file, days }: LinkedRunsGridProps) {
  const columns = useMemo(() => columnsOf(days), [days]);
  const { search } = useAddress(iterationFields);
  const rows = useMemo(() => [...runs], [runs]);
  return (
    <Card title="Simulation runs" aside={String(runs.length)}>
      <DataGrid
        name="Simulation runs"
        columns={columns}
        rows={rows}
        rowKey={(run) => run.simulationId}
        rowHref={(run) =>
          hrefTo('/runs/$simulationId', search, { simulationId: run.simulationId, in: file.name })
        }
        emptyText="No simulation run of this iteration is recorded in this file."
      />
    </Card>
  );
}
