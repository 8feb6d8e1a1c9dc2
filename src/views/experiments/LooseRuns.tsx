import { useMemo } from 'react';

import { isLarge, isLargeAndFar } from '../../data/session/isLarge.ts';
import type { OpenFile } from '../../data/session/state.ts';
import { useJoinedAnswers } from '../../data/useAnswer.ts';
import { formatCount } from '../../lib/format.ts';
import { runList } from '../../queries/runList.ts';
import { Card } from '../../ui/Card.tsx';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { useAddress } from '../shared/useAddress.ts';
import { dayCostsOf } from '../shared/useDayCosts.ts';
import { looseRunColumns, type LooseRunRow } from './looseRunColumns.tsx';
import { listFields } from './fields.ts';

interface LooseRunsProps {
  readonly files: readonly OpenFile[];
  /** Large files too, and whatever their size for orphans. */
  readonly examineAll: boolean;
}

/** Runs outside every experiment: command-line runs, and what a killed process left. */
export function LooseRuns({ files, examineAll }: LooseRunsProps) {
  const { search } = useAddress(listFields);
  const { data, error } = useJoinedAnswers(
    files.map((file) => ({
      ...runList.about({ fileId: file.fileId, withOrphans: examineAll || !isLarge(file) }),
      // A far file that has experiments is asked for its other runs only on demand.
      enabled:
        examineAll || !isLargeAndFar(file) || file.dialects.every((dialect) => dialect === 'simulation-only'),
    })),
  );
  const { data: days } = useJoinedAnswers(files.map(dayCostsOf));
  const rows = useMemo(
    () =>
      files.flatMap((file, i) =>
        (data[i] ?? []).map((run): LooseRunRow => ({
          file,
          run,
          lastDay: days[i]?.runs.get(run.simulationId),
        })),
      ),
    [files, data, days],
  );
  const columns = useMemo(() => looseRunColumns(rows), [rows]);
  if (error !== undefined) return <ErrorNotice error={error} doing="listing the simulation runs" />;
  if (rows.length === 0) return null;
  return (
    <Card title="Simulation runs outside experiments" aside={formatCount(rows.length)}>
      <DataGrid
        name="Simulation runs"
        columns={columns}
        rows={rows}
        rowKey={(row) => `${row.file.fileId} ${row.run.simulationId}`}
        rowHref={(row) =>
          hrefTo(
            '/runs/$simulationId',
            { ...search, in: row.file.name },
            { simulationId: row.run.simulationId },
          )
        }
        emptyText="No run."
        stickyFirstColumn
      />
    </Card>
  );
}
