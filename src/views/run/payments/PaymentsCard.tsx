import { useCallback, useMemo } from 'react';

import { useAnswer } from '../../../data/useAnswer.ts';
import {
  paymentFates,
  paymentColumns as sortable,
  type PaymentCount,
  type PaymentFilter,
  type PaymentRow,
  type PaymentStatus,
} from '../../../domain/answers/runs.ts';
import { formatCount, formatMoney, plural } from '../../../lib/format.ts';
import { agentId, type AgentId } from '../../../lib/ids.ts';
import { paymentCount, paymentPage } from '../../../queries/run/runPayments.ts';
import { runDays } from '../../../queries/run/runSeries.ts';
import type { RunScope } from '../../../queries/scope.ts';
import { Card } from '../../../ui/Card.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { StatusMark, type Status } from '../../../ui/StatusMark.tsx';
import { Select } from '../../../ui/TextField.tsx';
import { ExportGrid } from '../../../ui/export/ExportButtons.tsx';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../../ui/grid/gridColumn.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { Missing, Money } from '../../shared/Values.tsx';
import { useAddress, useGridSort } from '../../shared/useAddress.ts';
import { runFields, type RunSearch } from '../fields.ts';
import { usePagedRows, useAllPages } from '../usePagedRows.ts';
import styles from './paymentColumns.module.css';
/** What became of a payment. */
export const paymentMarks: Readonly<Record<PaymentStatus, Status>> = {
  settled: { shape: 'dot', tone: 'accepted', word: 'settled' },
  waiting: { shape: 'ring', tone: 'quiet', word: 'still waiting' },
  overdue: { shape: 'triangle', tone: 'rejected', word: 'overdue at the end' },
  dropped: { shape: 'cross', tone: 'invalid', word: 'dropped' },
  split: { shape: 'fork', tone: 'quiet', word: 'split into parts' },
  unknown: { shape: 'question', tone: 'plain', word: 'not known' },
};

/** As they are offered as filters. */
const fateChoices: Readonly<Record<(typeof paymentFates)[number], string>> = {
  settled: paymentMarks.settled.word,
  waiting: paymentMarks.waiting.word,
  overdue: paymentMarks.overdue.word,
  dropped: paymentMarks.dropped.word,
  split: paymentMarks.split.word,
  unknown: paymentMarks.unknown.word,
  late: 'overdue at some time',
};

type Way = NonNullable<PaymentRow['settledBy']>;

const wayWords: Readonly<Record<Way, string>> = {
  immediate: 'at once',
  'queue 2': 'from Queue 2',
  'bilateral offset': 'by offsetting two banks',
  inferred: 'from Queue 2 after an offset, inferred: no event records it',
  cycle: 'in a cycle of banks',
};

/** How a payment settled; undefined where it did not, or where nothing tells how. */
export function howSettled({ settledBy, status, partCount }: PaymentRow): string | undefined {
  if (settledBy !== undefined) return wayWords[settledBy];
  return status === 'settled' && partCount > 0 ? `in ${plural(partCount, 'part')}` : undefined;
}

interface PaymentsCardProps {
  readonly scope: RunScope;
  readonly agents: readonly AgentId[];
  /** undefined: the run stores no events, so its payments have no life to show, and their status is as stored. */
  readonly onPayment: ((txId: string) => void) | undefined;
}

const noRows: readonly never[] = [];
const noFilter: PaymentFilter = {};
const emptyText = ({ outcome, agent }: RunSearch) =>
  outcome === undefined && agent === undefined
    ? 'The file names no payment of this run.'
    : 'No payment is like this.';
const anyOutcome = { value: '', label: 'any status' };

/** The card's id, for ways to it on the same page. */
export const paymentsPlace = 'payments';

/** Every payment of the run and what became of it, narrowed as asked. */
export function PaymentsCard({ scope, agents, onPayment }: PaymentsCardProps) {
  const address = useAddress(runFields);
  const { search, patch } = address;
  const [sort, setSort] = useGridSort(address);
  const filter = useFilter();
  const counted = useAnswer(paymentCount.about({ ...scope, filter }));
  const pageOf = useMemo(
    () => (offset: number, limit: number) => paymentPage.about({ ...scope, filter, offset, limit }),
    [scope, filter],
  );
  const { rowAt, onDrawn, error } = usePagedRows(pageOf);
  const count = counted.data ?? undefined;
  const leaves = useAllPages(exportColumns, count?.rows ?? 0, pageOf);
  const isNarrowed = search.outcome !== undefined || search.agent !== undefined;
  const all = useAnswer({ ...paymentCount.about({ ...scope, filter: noFilter }), enabled: isNarrowed });
  const anyPage = useCallback(
    (offset: number, limit: number) => paymentPage.about({ ...scope, filter: noFilter, offset, limit }),
    [scope],
  );
  const whole = useAllPages(exportColumns, all.data?.rows ?? 0, anyPage);
  const failed = error ?? counted.error;
  const days = useAnswer({ ...runDays.about(scope), enabled: onPayment === undefined });
  const ofEvening = onPayment === undefined && days.data != null && !days.data.settledLater;
  return (
    <Card
      id={paymentsPlace}
      title="Payments"
      aside={count === undefined ? 'counting' : countWords(count)}
      actions={
        <>
          <Select
            label="Status of payments"
            hideLabel
            value={search.outcome ?? ''}
            options={[anyOutcome, ...paymentFates.map((fate) => ({ value: fate, label: fateChoices[fate] }))]}
            onChange={(value) => patch({ outcome: paymentFates.find((fate) => fate === value) })}
          />
          <Select
            label="Bank of payments and events"
            hideLabel
            value={search.agent ?? ''}
            options={[
              { value: '', label: 'any bank' },
              ...agents.map((agent) => ({ value: String(agent), label: agent })),
            ]}
            onChange={(agent) => patch({ agent: agent === '' ? undefined : agent })}
          />
        </>
      }
    >
      {ofEvening && (
        <Notice>
          The status of a payment is that of the evening of the day on which it arrived: one that settled on a
          later day still stands as waiting or overdue. No events of this run are stored that would tell.
        </Notice>
      )}
      {failed != null && <ErrorNotice error={failed} doing="reading the payments" />}
      <DataGrid
        name="Payments"
        columns={ofEvening ? eveningColumns : finalColumns}
        rows={noRows}
        paged={{ count: count?.rows ?? 0, rowAt, onDrawn }}
        exported={
          <ExportGrid
            name="Payments"
            shown={leaves}
            whole={isNarrowed && all.data != null ? whole : undefined}
          />
        }
        rowKey={(payment) => payment.txId}
        onActivate={onPayment && ((payment) => onPayment(payment.txId))}
        sort={sort}
        onSortChange={setSort}
        emptyText={count === undefined ? 'Counting the payments' : emptyText(search)}
        maxHeight={420}
      />
    </Card>
  );
}

/** `2, $30.00; 4 parts under their payments`: parts are no payments, and their amount is the whole's. */
function countWords({ rows, payments, amountCents, unreadable }: PaymentCount): string {
  const lost =
    unreadable === 0
      ? ''
      : `; ${formatCount(unreadable)} more cannot be read and ${unreadable === 1 ? 'is' : 'are'} not listed`;
  const counted = `${formatCount(payments)}, ${formatMoney(amountCents)}`;
  return rows === payments
    ? `${counted}${lost}`
    : `${counted}; ${formatCount(rows - payments)} parts under their payments${lost}`;
}

/** What the address narrows and sorts the payments to. */
function useFilter(): PaymentFilter {
  const address = useAddress(runFields);
  const [sort] = useGridSort(address);
  const { outcome, agent } = address.search;
  const by = sortable.find((column) => column === sort?.columnId);
  const descending = sort?.direction === 'descending';
  return useMemo(
    () => ({
      ...(outcome === undefined ? {} : { status: outcome }),
      ...(agent === undefined ? {} : { agentId: agentId(agent) }),
      ...(by === undefined ? {} : { sort: { by, descending } }),
    }),
    [outcome, agent, by, descending],
  );
}

type Column = GridColumn<PaymentRow>;

function tickColumn(
  id: string,
  header: string,
  read: (row: PaymentRow) => number | undefined,
  why: (row: PaymentRow) => string,
): Column {
  return {
    id,
    header,
    value: read,
    render: (row) => read(row) ?? <Missing why={why(row)} />,
    align: 'end',
    width: 82,
  };
}

const notRecorded = () => 'not recorded';
const notSettled = (row: PaymentRow) =>
  row.settlementTick === undefined ? paymentMarks[row.status].word : notRecorded();

/**
 * `since tick 84`, `a part since tick 8`; undefined where nothing tells. `ofEvening`: what waits was stored before the run
 * went on.
 */
function lateWords(row: PaymentRow, ofEvening: boolean): string | undefined {
  const { overdueTick, partOverdueTick, status, partCount } = row;
  if (overdueTick !== undefined) return `since tick ${overdueTick}`;
  if (partOverdueTick !== undefined) return `a part since tick ${partOverdueTick}`;
  if (status === 'overdue') return 'yes';
  if (partCount > 0 || status === 'unknown' || (ofEvening && status === 'waiting')) return undefined;
  return status === 'settled' && row.settledBy === undefined && !settledInTime(row) ? undefined : 'no';
}

const settledInTime = ({ settlementTick, deadlineTick }: PaymentRow): boolean =>
  settlementTick !== undefined && deadlineTick !== undefined && settlementTick <= deadlineTick;

/** Of a split payment that of the first part. */
const firstOverdue = ({ overdueTick, partOverdueTick }: PaymentRow) => overdueTick ?? partOverdueTick;

const isPart = (row: PaymentRow) => row.parentTxId !== undefined;

/** One payment a row, in the order of arrival, its parts under it. */
const columnsOf = (ofEvening: boolean): readonly Column[] => [
  {
    id: 'status',
    header: 'Status',
    value: (row) => paymentMarks[row.status].word,
    copyValue: (row) => row.status,
    render: (row) =>
      isPart(row) ? (
        <span className={styles.part} title={`A part of ${row.parentTxId ?? ''}`}>
          part, <StatusMark status={paymentMarks[row.status]} />
        </span>
      ) : (
        <StatusMark status={paymentMarks[row.status]} />
      ),
    width: 190,
    sortable: false,
  },
  { id: 'sender', header: 'Sender', value: (row) => row.sender, width: 110, sortable: false },
  { id: 'receiver', header: 'Receiver', value: (row) => row.receiver, width: 110, sortable: false },
  {
    id: 'amount',
    header: 'Amount',
    value: (row) => row.amountCents,
    render: (row) => <Money cents={row.amountCents} />,
    align: 'end',
    width: 112,
    narrow: 1,
    firstSort: 'descending',
  },
  tickColumn('arrival', 'Arrival', (row) => row.arrivalTick, notRecorded),
  tickColumn('deadline', 'Deadline', (row) => row.deadlineTick, notRecorded),
  tickColumn('settlement', 'Settled', (row) => row.settlementTick, notSettled),
  { ...tickColumn('delay', 'Delay', (row) => row.delayTicks, notSettled), narrow: 2 },
  {
    id: 'late',
    header: 'Late',
    headerTitle: 'whether it went overdue, and since which tick',
    value: (row) => lateWords(row, ofEvening),
    render: (row) =>
      lateWords(row, ofEvening) ?? (
        <Missing why={row.partCount > 0 ? 'of no part recorded' : 'not recorded'} />
      ),
    width: 134,
    narrow: 3,
    sortable: false,
  },
  {
    id: 'how',
    header: 'How',
    value: howSettled,
    render: (row) => howSettled(row) ?? <Missing why={notSettled(row)} />,
    width: 170,
    sortable: false,
  },
  {
    id: 'priority',
    header: 'Priority',
    value: (row) => row.priority,
    align: 'end',
    width: 72,
  },
  {
    id: 'id',
    header: 'Payment',
    value: (row) => row.txId,
    render: (row) =>
      row.parentTxId === undefined ? (
        row.txId
      ) : (
        <span className={styles.part} title={`A part of ${row.parentTxId}`}>
          part {row.txId}
        </span>
      ),
    grow: true,
    width: 190,
    sortable: false,
    link: true,
  },
];

const finalColumns = columnsOf(false);
const eveningColumns = columnsOf(true);

/**
 * What an export holds. Parts of split payments keep their rows but stand in columns of their own, so that neither a
 * sum over the amounts nor a count by status takes them for payments.
 */
const exportColumns: readonly Column[] = [
  { id: 'id', header: 'tx_id', value: (row) => row.txId },
  { id: 'parent', header: 'part_of', value: (row) => row.parentTxId },
  { id: 'status', header: 'status', value: (row) => (isPart(row) ? undefined : row.status) },
  { id: 'part-status', header: 'part_status', value: (row) => (isPart(row) ? row.status : undefined) },
  { id: 'sender', header: 'sender', value: (row) => row.sender },
  { id: 'receiver', header: 'receiver', value: (row) => row.receiver },
  {
    id: 'amount',
    header: 'amount',
    isMoney: true,
    value: (row) => (isPart(row) ? undefined : row.amountCents),
  },
  {
    id: 'part-amount',
    header: 'part_amount',
    isMoney: true,
    value: (row) => (isPart(row) ? row.amountCents : undefined),
  },
  { id: 'arrival', header: 'arrival_tick', value: (row) => row.arrivalTick },
  { id: 'deadline', header: 'deadline_tick', value: (row) => row.deadlineTick },
  { id: 'settlement', header: 'settlement_tick', value: (row) => row.settlementTick },
  { id: 'delay', header: 'delay_ticks', value: (row) => row.delayTicks },
  {
    id: 'late',
    header: 'overdue_tick',
    value: (row) => (isPart(row) ? undefined : firstOverdue(row)),
  },
  {
    id: 'part-late',
    header: 'part_overdue_tick',
    value: (row) => (isPart(row) ? firstOverdue(row) : undefined),
  },
  { id: 'how', header: 'settled_by', value: (row) => row.settledBy ?? howSettled(row) },
  { id: 'priority', header: 'priority', value: (row) => row.priority },
];
