import type { PaymentRow } from '../../../domain/answers/runs.ts';
import type { GridColumn } from '../../../ui/grid/gridColumn.ts';
import { Missing } from '../../shared/Missing.tsx';
import { Money } from '../../shared/Money.tsx';
import styles from './paymentColumns.module.css';
import { paymentStatuses, wayWords } from './paymentWords.ts';
import { StatusMark } from '../../../ui/StatusMark.tsx';

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
  row.settlementTick === undefined ? paymentStatuses[row.status].word : notRecorded();

/** One payment a row, in the order of arrival. */
export const paymentColumns: readonly Column[] = [
  {
    id: 'status',
    header: 'Status',
    value: (row) => paymentStatuses[row.status].word,
    copyValue: (row) => row.status,
    render: (row) => <StatusMark status={paymentStatuses[row.status]} />,
    width: 170,
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
    firstSort: 'descending',
  },
  tickColumn('arrival', 'Arrival', (row) => row.arrivalTick, notRecorded),
  tickColumn('deadline', 'Deadline', (row) => row.deadlineTick, notRecorded),
  tickColumn('settlement', 'Settled', (row) => row.settlementTick, notSettled),
  tickColumn('delay', 'Delay', (row) => row.delayTicks, notSettled),
  {
    id: 'how',
    header: 'How',
    value: (row) => row.settledBy && wayWords[row.settledBy],
    render: (row) =>
      row.settledBy === undefined ? <Missing why={notSettled(row)} /> : wayWords[row.settledBy],
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

const isPart = (row: PaymentRow) => row.parentTxId !== undefined;

/**
 * What an export holds. Parts of split payments keep their rows but stand in columns of their own, so that neither a
 * sum over the amounts nor a count by status takes them for payments.
 */
export const exportColumns: readonly Column[] = [
  { id: 'id', header: 'tx_id', value: (row) => row.txId },
  { id: 'parent', header: 'part_of', value: (row) => row.parentTxId },
  { id: 'status', header: 'status', value: (row) => (isPart(row) ? undefined : row.status) },
  { id: 'part-status', header: 'part_status', value: (row) => (isPart(row) ? row.status : undefined) },
  { id: 'sender', header: 'sender', value: (row) => row.sender },
  { id: 'receiver', header: 'receiver', value: (row) => row.receiver },
  { id: 'amount', header: 'amount_cents', value: (row) => (isPart(row) ? undefined : row.amountCents) },
  {
    id: 'part-amount',
    header: 'part_amount_cents',
    value: (row) => (isPart(row) ? row.amountCents : undefined),
  },
  { id: 'arrival', header: 'arrival_tick', value: (row) => row.arrivalTick },
  { id: 'deadline', header: 'deadline_tick', value: (row) => row.deadlineTick },
  { id: 'settlement', header: 'settlement_tick', value: (row) => row.settlementTick },
  { id: 'delay', header: 'delay_ticks', value: (row) => row.delayTicks },
  { id: 'how', header: 'settled_by', value: (row) => row.settledBy },
  { id: 'priority', header: 'priority', value: (row) => row.priority },
];
