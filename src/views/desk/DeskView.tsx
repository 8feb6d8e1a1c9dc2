import { useCallback, useMemo, useState } from 'react';

import { useOpenFiles } from '../../data/SessionContext.tsx';
import type { OpenFile } from '../../data/session/state.ts';
import type { ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { PageBody } from '../shared/Page.tsx';
import { Located } from '../shared/Located.tsx';
import { formatCount } from '../../lib/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { sortRows } from '../../ui/grid/sortRows.ts';
import { hrefTo } from '../../url/addresses.ts';
import { compareRows, type DeskRow, asksForFile, listedOnce } from '../shared/proposals/deskRow.ts';
import { proposalColumns } from '../shared/proposals/proposalColumns.tsx';
import { orderWords, readOrder, fitsAll, readFilters } from '../shared/proposals/readAddress.ts';
import { setValuesIn } from '../shared/proposals/typedFilter.ts';
import { useProposalFacts, useDesk, ReadingProposals } from '../shared/proposals/ReadingProposals.tsx';
import { useAddress } from '../shared/useAddress.ts';
import { Desk } from './Desk.tsx';
import { deskFields } from './fields.ts';

/** The rejection desk of one experiment. */
export function ExperimentDeskView({ experimentId }: { experimentId: string }) {
  return (
    <Located id={experimentId}>
      {({ file, summary }) => <ExperimentDesk key={file.fileId} file={file} summary={summary} />}
    </Located>
  );
}

function ExperimentDesk({ file, summary }: { file: OpenFile; summary: ExperimentSummary }) {
  const { rows, spreadOf, contradictionsOf, pending, error } = useDesk({ kind: 'experiment', file, summary });
  if (error !== undefined) return <ErrorNotice error={error} doing="reading the proposals" />;
  if (pending) {
    return (
      <PageBody>
        <ProgressBar doing="Reading proposals" />
      </PageBody>
    );
  }
  return (
    <Desk
      rows={rows}
      copies={0}
      spreadOf={spreadOf}
      contradictionsOf={contradictionsOf}
      experiment={{ file, summary }}
    />
  );
}

/** The rejection desk over everything that is open, or over what the table of all proposals was narrowed to. */
export function DeskView() {
  const files = useOpenFiles();
  const { search } = useAddress(deskFields);
  const [readLarge, setReadLarge] = useState(false);
  const shared = { files, readLarge, onReadLarge: () => setReadLarge(true) };
  return search.f === undefined ? <AllFiles {...shared} /> : <Selection {...shared} conditions={search.f} />;
}

interface FilesProps {
  readonly files: readonly OpenFile[];
  readonly readLarge: boolean;
  readonly onReadLarge: () => void;
}

function AllFiles({ files, readLarge, onReadLarge }: FilesProps) {
  const {
    rows: stored,
    spreadOf,
    contradictionsOf,
    pending,
    error,
    unread,
  } = useDesk({ kind: 'files', files, readLarge });
  const { rows, copies } = useMemo(() => listedOnce(stored), [stored]);
  return (
    <ReadingProposals error={error} pending={pending} unread={unread} onReadLarge={onReadLarge}>
      <Desk
        rows={rows}
        copies={copies}
        spreadOf={spreadOf}
        contradictionsOf={contradictionsOf}
        experiment={undefined}
      />
    </ReadingProposals>
  );
}

/** The proposals that fit the conditions, as the queue of the desk. */
function Selection({
  files,
  readLarge,
  onReadLarge,
  conditions,
}: FilesProps & { readonly conditions: readonly string[] }) {
  const { search, here } = useAddress(deskFields);
  const { rows: stored, facts, pending, unread, error } = useProposalFacts(files, readLarge);
  const { rows, copies } = useMemo(
    () => (asksForFile(conditions) ? { rows: stored, copies: 0 } : listedOnce(stored)),
    [stored, conditions],
  );
  const columns = useMemo(() => proposalColumns(rows, facts), [rows, facts]);
  const valuesOf = useMemo(() => setValuesIn(rows), [rows]);
  const { filters, unknown, unmet } = useMemo(
    () => readFilters(conditions, columns, valuesOf),
    [conditions, columns, valuesOf],
  );
  const order = useMemo(() => readOrder(search.order ?? [], columns), [search.order, columns]);
  const queue = useMemo(() => {
    const chosen = rows.filter(fitsAll(filters));
    return order.length === 0 ? chosen.sort(compareRows) : sortRows(chosen, columns, order);
  }, [rows, columns, filters, order]);
  const contradictionsOf = useCallback((row: DeskRow) => facts.contradictionsOf(row) ?? [], [facts]);
  return (
    <ReadingProposals
      error={error}
      pending={pending || facts.reading.length > 0}
      unread={unread}
      onReadLarge={onReadLarge}
    >
      <Notice>
        {formatCount(queue.length)} of {formatCount(rows.length)} proposals: those that fit the conditions of
        the table{order.length > 0 && `, by ${orderWords(order, columns)}`}.
        {unknown.length > 0 && ` Not understood: ${unknown.join(', ')}.`}
        {unmet.map((sentence) => ` ${sentence}`)}{' '}
        <a href={hrefTo('/proposals', search, { f: [...conditions], sort: search.order })}>
          Change the conditions
        </a>{' '}
        or <a href={here({ f: undefined, order: undefined })}>take all</a>.
      </Notice>
      <Desk
        rows={queue}
        whole={rows}
        copies={copies}
        spreadOf={facts.spreadOf}
        contradictionsOf={contradictionsOf}
        experiment={undefined}
      />
    </ReadingProposals>
  );
}
