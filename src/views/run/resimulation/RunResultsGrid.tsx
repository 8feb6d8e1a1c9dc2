import { useMemo } from 'react';

import type { OpenFile } from '../../../data/session/state.ts';
import type { RunCheckResult } from '../../../domain/answers/resimulation.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../../ui/grid/gridColumn.ts';
import { hrefTo } from '../../../url/addresses.ts';
import { useAddress } from '../../shared/useAddress.ts';
import { checkOutcome, checkMarks, whereDifferent, whyNot } from './words.ts';
import { runFields } from '../fields.ts';
import { StatusMark } from '../../../ui/StatusMark.tsx';

const columns: readonly GridColumn<RunCheckResult>[] = [
  { id: 'run', header: 'Run', value: (result) => result.simulationId, link: true, width: 360 },
  {
    id: 'outcome',
    header: 'Outcome',
    value: (result) => checkMarks[checkOutcome(result)].word,
    render: (result) => <StatusMark status={checkMarks[checkOutcome(result)]} />,
    width: 190,
  },
  { id: 'events', header: 'Events', value: (result) => result.events, align: 'end', width: 84 },
  {
    id: 'violations',
    header: 'Violations',
    value: (result) => result.violations.length,
    align: 'end',
    width: 88,
  },
  {
    id: 'where',
    header: 'First difference, or why not',
    value: ({ resimulation }) => whereDifferent(resimulation) ?? whyNot(resimulation) ?? '',
    grow: true,
    width: 260,
  },
];

/** Every run that was checked, with its outcome. */
export function RunResultsGrid({ results, file }: { results: readonly RunCheckResult[]; file: OpenFile }) {
  const { search } = useAddress(runFields);
  const rows = useMemo(() => [...results], [results]);
  return (
    <DataGrid
      name="Simulated again"
      columns={columns}
      rows={rows}
      rowKey={(result) => result.simulationId}
      rowHref={(result) =>
        hrefTo('/runs/$simulationId', search, { simulationId: result.simulationId, in: file.name })
      }
      emptyText="No run is stored."
      maxHeight={360}
    />
  );
}
