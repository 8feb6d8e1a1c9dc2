import { useCallback, useMemo, useState } from 'react';

import { useSessionState } from '../../data/SessionContext.tsx';
import { formatCount } from '../../lib/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { useGridSort } from '../shared/useGridSort.ts';
import { useAddress } from '../shared/useAddress.ts';
import { ExperimentFilters } from './ExperimentFilters.tsx';
import { experimentColumns } from './experimentColumns.tsx';
import styles from './ExperimentsView.module.css';
import { filterRows } from './filterRows.ts';
import { LooseRuns } from './LooseRuns.tsx';
import { useExperimentRows, type ExperimentRow } from './useExperimentRows.ts';
import { listFields } from './fields.ts';

/** Every experiment of every open file. */
export function ExperimentsView() {
  const { files } = useSessionState();
  const address = useAddress(listFields);
  const { search } = address;
  const [examineAll, setExamineAll] = useState(false);
  const { rows, pending, error, notExamined } = useExperimentRows(files, examineAll);
  const [sort, setSort] = useGridSort(address);
  const shown = useMemo(() => filterRows(rows, search), [rows, search]);
  const twice = useMemo(() => repeatedIds(rows), [rows]);
  const placeOf = useCallback(
    ({ summary: { experimentId }, file }: ExperimentRow) =>
      [{ db: search.db, in: twice.has(experimentId) ? file.name : undefined }, { experimentId }] as const,
    [twice, search.db],
  );
  const columns = useMemo(
    () => experimentColumns(rows, (row) => hrefTo('/experiments/$experimentId/proposals', ...placeOf(row))),
    [rows, placeOf],
  );
  return (
    <div className={styles.page}>
      <VisuallyHidden>
        <h1>Experiments</h1>
      </VisuallyHidden>
      {error !== undefined && <ErrorNotice error={error} doing="listing the experiments" />}
      <Card
        title="Experiments"
        aside={
          shown.length === rows.length
            ? formatCount(rows.length)
            : `${formatCount(shown.length)} of ${formatCount(rows.length)}`
        }
        actions={
          <>
            {notExamined > 0 && !pending && !examineAll && (
              <Button
                onClick={() => setExamineAll(true)}
                title="Reads every exchange and run of the large files, to count verdicts and name proposers"
              >
                Count all verdicts
              </Button>
            )}
            <ExperimentFilters />
            {rows.length > 0 && <LinkButton href={hrefTo('/proposals', search)}>Rejection desk</LinkButton>}
          </>
        }
      >
        {pending && rows.length === 0 ? (
          <ProgressBar doing="Reading experiments" />
        ) : (
          <DataGrid
            name="Experiments"
            columns={columns}
            rows={shown}
            rowKey={(row) => row.key}
            rowHref={(row) => hrefTo('/experiments/$experimentId', ...placeOf(row))}
            sort={sort}
            onSortChange={setSort}
            emptyText={
              rows.length === 0 ? 'The open files hold no experiment.' : 'No experiment fits the filter.'
            }
            stickyFirstColumn
          />
        )}
      </Card>
      <LooseRuns files={files} examineAll={examineAll} />
    </div>
  );
}

/** Ids that more than one open file holds: their links say which file is meant. */
function repeatedIds(rows: readonly ExperimentRow[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(
    rows.flatMap(({ summary: { experimentId } }) => {
      if (seen.has(experimentId)) return [experimentId];
      seen.add(experimentId);
      return [];
    }),
  );
}
