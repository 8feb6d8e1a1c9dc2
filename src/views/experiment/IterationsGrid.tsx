import { useMemo } from 'react';

import { useSessionState } from '../../data/SessionContext.tsx';
import { countBefore, type OpenFile } from '../../data/session/state.ts';
import type { ExperimentScope } from '../../queries/scope.ts';
import type { ExperimentDays } from '../../domain/days.ts';
import type { Contradiction } from '../../domain/contradictions/contradiction.ts';
import { noProposalWords } from '../../domain/experiment/verdict.ts';
import type { ExperimentDetail, ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { Card } from '../../ui/Card.tsx';
import { formatCount } from '../../lib/format.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { ToggleGroup } from '../../ui/ToggleGroup.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { useAddress, useGridSort } from '../shared/useAddress.ts';
import { contradictionText, iterationColumns, iterationWidths } from './iterationColumns.tsx';
import { iterationTableRows, rowsWith } from './iterationTableRows.ts';
import type { ExperimentFigureSettings } from './FigureCard.tsx';
import { experimentFields } from './fields.ts';

/** The stored counter tells whether there were any: a row without a number that can be read is left out. */
function noIterationWords({ storedNumIterations: counter }: ExperimentSummary): string {
  return counter === undefined || counter === 0
    ? 'No row of an iteration was read.'
    : `No row of an iteration was read, though the stored counter says ${counter}.`;
}

interface IterationsGridProps {
  readonly scope: ExperimentScope;
  readonly summary: ExperimentSummary;
  readonly detail: ExperimentDetail;
  readonly settings: ExperimentFigureSettings;
  readonly file: OpenFile;
  readonly days: ExperimentDays | undefined;
  /** Undefined while they are looked for. */
  readonly contradictions: readonly Contradiction[] | undefined;
}

const showChoices = [
  { value: 'all', label: 'All' },
  { value: 'accepted', label: 'Accepted' },
  { value: 'rejected', label: 'Rejected' },
] as const;

/** Every iteration in one row: costs, policies, proposals, verdicts, runs. */
export function IterationsGrid(props: IterationsGridProps) {
  const { scope, summary, detail, settings, file, days, contradictions } = props;
  const address = useAddress(experimentFields);
  const { search } = address;
  const [sort, setSort] = useGridSort(address);
  const { grown } = useSessionState();
  const before = countBefore(grown, file.fileId, scope.experimentId);
  const all = useMemo(
    () => iterationTableRows(detail, contradictions, noProposalWords(detail, summary), before),
    [detail, contradictions, summary, before],
  );
  const verdict = search.show === 'all' ? undefined : search.show;
  const rows = useMemo(() => rowsWith(all, verdict), [all, verdict]);
  const widths = useMemo(() => iterationWidths(detail, settings.parameter), [detail, settings.parameter]);
  const columns = useMemo(
    () =>
      iterationColumns(
        detail,
        settings.parameter,
        (simulationId) => hrefTo('/runs/$simulationId', search, { simulationId, in: file.name }),
        days,
        all.flatMap((row) => (row.contradictions.length === 0 ? [] : [contradictionText(row)])),
        all.some(({ isNew }) => isNew),
        widths,
      ),
    [all, detail, days, settings.parameter, search, file.name, widths],
  );
  return (
    <Card
      title="Iterations"
      aside={
        rows.length === all.length
          ? formatCount(all.length)
          : `${formatCount(rows.length)} of ${formatCount(all.length)}`
      }
      actions={
        <>
          <ToggleGroup
            label="Iterations with proposals that were"
            value={search.show ?? 'all'}
            choices={showChoices}
            onChange={(show) => settings.set({ show: show === 'all' ? undefined : show })}
          />
        </>
      }
    >
      <DataGrid
        name="Iterations"
        columns={columns}
        rows={rows}
        whole={rows.length === all.length ? undefined : { columns, rows: all }}
        sort={sort}
        onSortChange={setSort}
        rowKey={(row) => String(row.row.iteration)}
        rowHref={(row) =>
          hrefTo('/experiments/$experimentId/iterations/$iteration', search, {
            experimentId: scope.experimentId,
            iteration: row.row.iteration,
          })
        }
        onSelect={({ row }) => settings.set({ iteration: row.iteration })}
        selectedKey={settings.iteration === undefined ? undefined : String(settings.iteration)}
        emptyText={all.length === 0 ? noIterationWords(summary) : 'No iteration has such a proposal.'}
        stickyFirstColumn
      />
    </Card>
  );
}
