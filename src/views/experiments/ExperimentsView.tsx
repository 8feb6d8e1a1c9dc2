import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { useSessionState } from '../../data/SessionContext.tsx';
import { formatCount } from '../../lib/format.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { sortRows } from '../../ui/grid/sortRows.ts';
import { useRoom } from '../../ui/grid/useColumnWidths.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { ColumnsDialog } from '../shared/ColumnsDialog.tsx';
import { ExtractButton } from '../shared/extract/ExtractButton.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { useGridSort, useAddress } from '../shared/useAddress.ts';
import { experimentColumns } from './experimentColumns.tsx';
import { ExperimentTotals, PassesCard } from './ListSummary.tsx';
import { useListColumns, useExperimentRows, type ExperimentListRow } from './useExperimentList.ts';
import { comparisonOf, FoldedList } from './FoldedList.tsx';
import { foldedGroups } from './foldRows.ts';
import { mostCompared } from '../shared/experimentWords.ts';
import { GroupByHand, ticksOf, useTicks } from './useTicks.tsx';
import { ToggleGroup } from '../../ui/ToggleGroup.tsx';
import styles from './ExperimentsView.module.css';
import { listFields, type ListSearch } from './fields.ts';
import { experimentStatuses } from '../../domain/experiment/normalised.ts';
import { SearchField, Select } from '../../ui/TextField.tsx';
import { statusWords } from '../shared/words.ts';
import type { OpenFile } from '../../data/session/state.ts';
import { useJoinedAnswers } from '../../data/useAnswer.ts';
import { dayCostsOf } from '../shared/LastDay.tsx';
import { runsOf } from './listQuestions.ts';
import { standaloneRunColumns, type StandaloneRunRow } from './standaloneRunColumns.tsx';

/** Every experiment of every open file. */
export function ExperimentsView() {
  const { files, opening } = useSessionState();
  const address = useAddress(listFields);
  const { search } = address;
  const [examineAll, setExamineAll] = useState(false);
  const { rows, pending, isSoonWhole, error, notExamined } = useExperimentRows(files, examineAll);
  const [sort, setSort] = useGridSort(address);
  const twice = useMemo(() => repeatedIds(rows), [rows]);
  const placeOf = useCallback(
    ({ summary: { experimentId }, file }: ExperimentListRow) =>
      [{ db: search.db, in: twice.has(experimentId) ? file.name : undefined }, { experimentId }] as const,
    [twice, search.db],
  );
  const hrefOf = (row: ExperimentListRow) => hrefTo('/experiments/$experimentId', ...placeOf(row));
  const facts = useMemo(
    () =>
      experimentColumns(
        rows,
        (row) => hrefTo('/experiments/$experimentId/proposals', ...placeOf(row)),
        hrefTo('/health', { db: search.db }),
      ),
    [rows, placeOf, search.db],
  );
  const found = useMemo(() => filterRows(rows, search), [rows, search]);
  // Here, as the order may hang on a column that is not shown.
  const shown = useMemo(() => sortRows(found, facts, sort), [found, facts, sort]);
  const tickOf = useMemo(() => ticksOf(rows), [rows]);
  const { columns, ticked } = useTicks({
    columns: facts,
    rows: shown,
    tickOf,
    most: mostCompared,
  });
  const table = useRef<HTMLDivElement>(null);
  const room = useRoom(table);
  const choice = useListColumns(columns, room ?? 0);
  const isEmpty = rows.length === 0 && !pending;
  // What stands below comes when no file that is being opened can add rows above it.
  const [isListed, setListed] = useState(false);
  if (!isListed && !pending && opening === undefined) setListed(true);
  const isFolded = search.fold === 'passes';
  const groups = useMemo(
    () => (isFolded ? foldedGroups(found, search.g ?? []) : []),
    [isFolded, found, search.g],
  );
  const chosen = isFolded ? comparisonOf(groups, ticked) : { x: ticked, g: [] };
  const lines = chosen.x.length + chosen.g.length;
  const emptyText = 'No experiment fits the filter.';
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
            {rows.length > 0 && !isFolded && (
              <ColumnsDialog
                columns={choice.all}
                shown={choice.shown}
                setShown={choice.setShown}
                count={
                  choice.shown.length === choice.all.length
                    ? undefined
                    : `${choice.shown.length} of ${choice.all.length}`
                }
              />
            )}
            {rows.length > 0 && <ExperimentFilters />}
            {rows.length > 1 && (
              <ToggleGroup
                label="Rows"
                value={search.fold ?? 'each'}
                choices={[
                  { value: 'each', label: 'Each' },
                  { value: 'passes', label: 'Passes folded' },
                ]}
                onChange={(value) => address.patch({ fold: value === 'passes' ? value : undefined })}
              />
            )}
            {ticked.length > 1 && <GroupByHand ids={ticked} />}
            {(lines > 1 || chosen.g.length > 0) && (
              <LinkButton variant="primary" href={hrefTo('/compare', search, chosen)}>
                Compare {lines}
              </LinkButton>
            )}
            {rows.length > 0 && (
              <ExtractButton chosen={ticked.map((experimentId) => ({ fileId: undefined, experimentId }))} />
            )}
            {rows.length > 0 && <LinkButton href={hrefTo('/desk', search)}>Rejection desk</LinkButton>}
          </>
        }
      >
        <div ref={table}>
          {(pending && rows.length === 0) || isSoonWhole ? (
            <ProgressBar doing="Reading experiments" />
          ) : isFolded ? (
            <FoldedList
              groups={groups}
              sort={sort}
              onSortChange={setSort}
              placeOf={hrefOf}
              all={rows}
              emptyText={emptyText}
            />
          ) : isEmpty ? (
            <p className={styles.none}>The open files hold no experiment.</p>
          ) : room === undefined ? undefined : (
            <DataGrid
              name="Experiments"
              columns={choice.shown}
              rows={shown}
              rowKey={(row) => row.key}
              rowHref={hrefOf}
              sort={sort}
              onSortChange={setSort}
              emptyText={emptyText}
              stickyFirstColumn
              whole={
                shown.length === rows.length && choice.shown.length === choice.all.length
                  ? undefined
                  : { columns: choice.all, rows }
              }
              footer={shown.length === 0 ? undefined : <ExperimentTotals rows={shown} />}
            />
          )}
        </div>
      </Card>
      {isListed && (
        <StandaloneRuns files={files} examineAll={examineAll}>
          <PassesCard rows={shown} hrefOf={hrefOf} />
        </StandaloneRuns>
      )}
    </div>
  );
}

/** Ids that more than one open file holds: their links say which file is meant. */
function repeatedIds(rows: readonly ExperimentListRow[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(
    rows.flatMap(({ summary: { experimentId } }) => {
      if (seen.has(experimentId)) return [experimentId];
      seen.add(experimentId);
      return [];
    }),
  );
}

/** Rows that have the asked status and hold every word of the query in name, id, file, mode, seed or proposer. */
function filterRows(rows: readonly ExperimentListRow[], search: ListSearch): readonly ExperimentListRow[] {
  const words = (search.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && search.status === undefined) return rows;
  return rows.filter((row) => {
    if (search.status !== undefined && row.summary.status !== search.status) return false;
    const text = haystack(row);
    return words.every((word) => text.includes(word));
  });
}

function haystack({ summary, file, details }: ExperimentListRow): string {
  const parts = [
    summary.name,
    summary.experimentId,
    file.name,
    summary.evaluationMode,
    summary.masterSeed,
    ...(details?.models ?? []),
  ];
  return parts
    .filter((part) => part !== undefined)
    .join('\n')
    .toLowerCase();
}

const statusChoices = [
  { value: '', label: 'Any status' },
  ...experimentStatuses.map((status) => ({ value: status, label: statusWords[status] })),
];

/** What is looked for lives in the address, so that a link shows the same list. */
function ExperimentFilters() {
  const { search, patch } = useAddress(listFields);
  return (
    <>
      <Select
        label="Status"
        hideLabel
        value={search.status ?? ''}
        options={statusChoices}
        onChange={(value) => patch({ status: experimentStatuses.find((status) => status === value) })}
      />
      <SearchField
        label="Search experiments"
        value={search.q ?? ''}
        onChange={(q) => patch({ q: q === '' ? undefined : q })}
      />
    </>
  );
}

interface StandaloneRunsProps {
  readonly files: readonly OpenFile[];
  /** Large files too, and whatever their size for orphans. */
  readonly examineAll: boolean;
  /** What stands below them, once they are listed. */
  readonly children: ReactNode;
}

/** Runs outside every experiment: command-line runs, and what a killed process left. */
function StandaloneRuns({ files, examineAll, children }: StandaloneRunsProps) {
  const { search } = useAddress(listFields);
  const { data, error, isLoading } = useJoinedAnswers(files.map((file) => runsOf(file, examineAll)));
  const { data: days } = useJoinedAnswers(files.map(dayCostsOf));
  const rows = useMemo(
    () =>
      files.flatMap((file, i) =>
        (data[i] ?? []).map((run): StandaloneRunRow => ({
          file,
          run,
          lastDay: days[i]?.runs.get(run.simulationId),
        })),
      ),
    [files, data, days],
  );
  const columns = useMemo(() => standaloneRunColumns(rows), [rows]);
  return (
    <>
      {error !== undefined && <ErrorNotice error={error} doing="listing the simulation runs" />}
      {rows.length > 0 && (
        <Card title="Standalone runs" aside={formatCount(rows.length)}>
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
      )}
      {!isLoading && children}
    </>
  );
}
