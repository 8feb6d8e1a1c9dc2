import { useMemo } from 'react';

import { questions } from '../../data/questions.ts';
import { isLarge, isLargeAndFar } from '../../data/session/isLarge.ts';
import type { OpenFile } from '../../data/session/state.ts';
import { useAnswers } from '../../data/useAnswer.ts';
import { formatCount } from '../../lib/format.ts';
import { Card } from '../../ui/Card.tsx';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { hrefTo, paths } from '../../url/addresses.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { useAddress } from '../shared/useAddress.ts';
import { dayCostsOf } from '../shared/useDayCosts.ts';
import { looseRunColumns, type LooseRunRow } from './looseRunColumns.tsx';

interface LooseRunsProps {
  readonly files: readonly OpenFile[];
  /** Large files too, and whatever their size for orphans. */
  readonly examineAll: boolean;
}

/** Runs outside every experiment: command-line runs, and what a killed process left. */
export function LooseRuns({ files, examineAll }: LooseRunsProps) {
  const { search } = useAddress();
  const answers = useAnswers(
    files.map((file) => ({
      ...questions.runList(file.fileId, examineAll || !isLarge(file)),
      // A far file that has experiments is asked for its other runs only on demand.
      enabled:
        examineAll || !isLargeAndFar(file) || file.dialects.every((dialect) => dialect === 'simulation-only'),
    })),
  );
  const data = answers.map((answer) => answer.data);
  const days = useAnswers(files.map(dayCostsOf)).map((answer) => answer.data);
  const rows = useMemo(
    () =>
      files.flatMap((file, i) =>
        (data[i] ?? []).map((run): LooseRunRow => ({
          file,
          run,
          lastDay: days[i]?.runs.get(run.simulationId),
        })),
      ),
    // The arrays are new on every render; what they hold is not.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [files, ...data, ...days],
  );
  const columns = useMemo(() => looseRunColumns(rows), [rows]);
  const error = answers.find((answer) => answer.error !== null)?.error;
  if (error != null) return <ErrorNotice error={error} doing="listing the simulation runs" />;
  if (rows.length === 0) return null;
  return (
    <Card title="Simulation runs outside experiments" aside={formatCount(rows.length)}>
      <DataGrid
        name="Simulation runs"
        columns={columns}
        rows={rows}
        rowKey={(row) => `${row.file.fileId} ${row.run.simulationId}`}
        rowHref={(row) => hrefTo(paths.run(row.run.simulationId), search, { in: row.file.name })}
        emptyText="No run."
        stickyFirstColumn
      />
    </Card>
  );
}
