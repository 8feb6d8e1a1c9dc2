import { useCallback, useMemo, useState } from 'react';

import { useOpenFiles } from '../../data/SessionContext.tsx';
import type { OpenFile } from '../../data/session/state.ts';
import { formatCount } from '../../lib/format.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { PageBody, PageHead } from '../shared/Page.tsx';
import {
  ReadingProposals,
  useProposalFacts,
  type ProposalFacts,
} from '../shared/proposals/ReadingProposals.tsx';
import { type DeskRow, asksForFile, copiesWords, listedOnce } from '../shared/proposals/deskRow.ts';
import { setValuesIn } from '../shared/proposals/typedFilter.ts';
import { ColumnsDialog } from '../shared/ColumnsDialog.tsx';
import { useAddress } from '../shared/useAddress.ts';
import { ColumnField, FilterLine } from './FilterLine.tsx';
import { proposalsFields } from './fields.ts';
import { FilterCounts } from './FilterCounts.tsx';
import styles from './Proposals.module.css';
import { ScatterCard } from './ScatterCard.tsx';
import { orderWords } from '../shared/proposals/readAddress.ts';
import { proposalColumns } from '../shared/proposals/proposalColumns.tsx';
import { useProposalTable } from './useProposalTable.ts';

/** Every proposal of everything that is open, as one table. */
export function ProposalsView() {
  const files = useOpenFiles();
  const [readLarge, setReadLarge] = useState(false);
  const { rows, facts, pending, unread, error } = useProposalFacts(files, readLarge);
  return (
    <ReadingProposals error={error} pending={pending} unread={unread} onReadLarge={() => setReadLarge(true)}>
      <Table rows={rows} facts={facts} />
    </ReadingProposals>
  );
}

const unfounded = { 'data-follows': 'no' } as const;

interface TableProps {
  readonly rows: readonly DeskRow[];
  readonly facts: ProposalFacts;
}

function Table({ rows: stored, facts }: TableProps) {
  const { search } = useAddress(proposalsFields);
  const ofOneFile = asksForFile(search.f);
  const { rows, copies } = useMemo(
    () => (ofOneFile ? { rows: stored, copies: 0 } : listedOnce(stored)),
    [stored, ofOneFile],
  );
  const columns = useMemo(() => proposalColumns(rows, facts), [rows, facts]);
  const valuesOf = useMemo(() => setValuesIn(rows), [rows]);
  const table = useProposalTable(rows, columns, valuesOf);
  const { left, filters, filtersOn, setFilters, shown, order } = table;
  const fieldOf = useCallback(
    ({ id }: { readonly id: string }) => {
      const column = columns.find((one) => one.id === id);
      if (column === undefined) return null;
      return (
        <ColumnField
          column={column}
          valuesOf={valuesOf}
          filters={filtersOn(id)}
          onChange={(on, changed) => setFilters(new Map([[on, changed]]))}
        />
      );
    },
    [columns, valuesOf, filtersOn, setFilters],
  );
  return (
    <>
      <PageHead
        title="Proposals"
        actions={
          filters.length > 0 && left.length > 0 ? (
            <LinkButton
              size="small"
              title="The proposals that are left, one after the other"
              href={hrefTo('/desk', search, { f: search.f, order: search.sort, show: 'all' })}
            >
              Review {formatCount(left.length)} on the desk
            </LinkButton>
          ) : undefined
        }
      >
        <Facts all={rows} left={left} />
        {copies > 0 && <span>{copiesWords(copies)}</span>}
        {facts.reading.length > 0 && <span>Still reading {facts.reading.join(' and ')}</span>}
      </PageHead>
      <PageBody>
        <FilterLine columns={columns} table={table} valuesOf={valuesOf} />
        <div className={styles.over}>
          <ScatterCard rows={rows} columns={columns} table={table} />
          <FilterCounts all={rows} left={left} table={table} />
        </div>
        <Card
          title="All proposals"
          aside={`${shown.length} of ${columns.length} columns${order.length === 0 ? '' : `, by ${orderWords(order, columns)}`}`}
          actions={
            <>
              {order.length > 0 && (
                <Button variant="ghost" onClick={table.clearOrder}>
                  Order of the files
                </Button>
              )}
              <ColumnsDialog columns={columns} shown={table.shown} setShown={table.setShown} />
            </>
          }
        >
          <DataGrid
            name="All proposals"
            columns={shown}
            rows={left}
            whole={{ columns, rows }}
            rowKey={(row) => row.key}
            rowHref={(row) =>
              hrefTo(
                '/experiments/$experimentId/proposals',
                { db: search.db, in: row.file.name },
                deskPlace(row),
              )
            }
            rowData={(row) => (facts.followsOf(row) === 'no' ? unfounded : undefined)}
            sort={order[0]}
            isOrdered
            onSortChange={table.setSort}
            belowHeading={fieldOf}
            emptyText={
              rows.length === 0 ? 'The open files record no proposal.' : 'No proposal fits the conditions.'
            }
            stickyFirstColumn
          />
        </Card>
      </PageBody>
    </>
  );
}

const deskPlace = ({ experimentId, proposal }: DeskRow) =>
  ({ experimentId, iteration: proposal.iteration, agent: proposal.agentId, show: 'all' }) as const;

function Facts({ all, left }: { readonly all: readonly DeskRow[]; readonly left: readonly DeskRow[] }) {
  const { accepted, rejected, experiments, files } = useMemo(() => {
    const verdicts = new Map<string, number>();
    const ofFile = new Map<OpenFile, Set<string>>();
    for (const { proposal, file, experimentId } of left) {
      verdicts.set(proposal.verdict, (verdicts.get(proposal.verdict) ?? 0) + 1);
      const found = ofFile.get(file) ?? new Set();
      ofFile.set(file, found.add(experimentId));
    }
    return {
      accepted: verdicts.get('accepted') ?? 0,
      rejected: verdicts.get('rejected') ?? 0,
      experiments: [...ofFile.values()].reduce((count, { size }) => count + size, 0),
      files: ofFile.size,
    };
  }, [left]);
  return (
    <>
      <span>
        <b>{formatCount(left.length)}</b>
        {left.length === all.length ? ' proposals' : ` of ${formatCount(all.length)} fit`}
      </span>
      <span>
        <b>{formatCount(accepted)}</b> accepted, <b>{formatCount(rejected)}</b> rejected
      </span>
      <span>
        {counted(experiments, 'experiment')} in {counted(files, 'file')}
      </span>
    </>
  );
}

const counted = (count: number, what: string) => `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`;
