import type { EventRow } from '../../../domain/answers/runs.ts';
import type { GridColumn } from '../../../ui/grid/gridColumn.ts';
import { cx } from '../../../ui/cx.ts';
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx';
import { Money } from '../../shared/Money.tsx';
import styles from './eventColumns.module.css';
import { eventTitle } from '../../../domain/events.ts';
import { eventWords } from './eventWords.ts';

/** A row with what the one above it says. */
export interface ListedEvent extends EventRow {
  /** The row above is of the same tick: the tick is not printed again. */
  readonly repeatsTick: boolean;
}

type Column = GridColumn<ListedEvent>;

/** What is seen of an event; rows of the replay's tick carry a mark. */
export function eventColumns(tick: number): readonly Column[] {
  return [
    {
      id: 'tick',
      header: 'Tick',
      value: (event) => event.tick,
      render: (event) => (
        <span className={cx(styles.tick, event.tick === tick && styles.now)}>
          {event.repeatsTick ? <VisuallyHidden>{event.tick}</VisuallyHidden> : event.tick}
        </span>
      ),
      align: 'end',
      width: 58,
      sortable: false,
    },
    {
      id: 'event',
      header: 'Event',
      value: (event) => event.eventType,
      render: (event) => <span title={event.eventType}>{eventTitle(event.eventType)}</span>,
      width: 138,
      sortable: false,
    },
    {
      id: 'amount',
      header: 'Amount',
      value: (event) => event.amountCents,
      render: (event) => (event.amountCents === undefined ? null : <Money cents={event.amountCents} />),
      align: 'end',
      width: 90,
      sortable: false,
    },
    {
      id: 'details',
      header: 'Details',
      value: (event) => eventWords(event),
      render: (event) => <span className={styles.details}>{eventWords(event)}</span>,
      grow: true,
      width: 170,
      sortable: false,
    },
  ];
}

/** What an export holds: everything stored, and nothing in words. */
export const exportColumns: readonly GridColumn<EventRow>[] = [
  { id: 'seq', header: 'order', value: (event) => event.seq },
  { id: 'tick', header: 'tick', value: (event) => event.tick },
  { id: 'type', header: 'event_type', value: (event) => event.eventType },
  { id: 'agent', header: 'agent_id', value: (event) => event.agentId },
  { id: 'tx', header: 'tx_id', value: (event) => event.txId },
  { id: 'from', header: 'from', value: (event) => event.from },
  { id: 'to', header: 'to', value: (event) => event.to },
  { id: 'amount', header: 'amount_cents', value: (event) => event.amountCents },
  { id: 'details', header: 'details', value: (event) => event.details },
];
