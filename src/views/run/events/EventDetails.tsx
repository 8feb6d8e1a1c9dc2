import type { EventRow } from '../../../domain/answers/runs.ts';
import { formatMoney } from '../../../lib/format.ts';
import { Button } from '../../../ui/Button.tsx';
import { FactList, type Fact } from '../../../ui/FactList.tsx';
import { LongText } from '../../../ui/LongText.tsx';
import { prettyJson } from '../../shared/prettyJson.ts';
import styles from './EventDetails.module.css';
import { eventTitle } from '../../../domain/events.ts';
import { eventWords } from './eventWords.ts';

interface EventDetailsProps {
  readonly event: EventRow;
  readonly onTick: (tick: number) => void;
  readonly onPayment: (txId: string) => void;
  readonly onClose: () => void;
}

/** Everything the file stores of one event. */
export function EventDetails({ event, onTick, onPayment, onClose }: EventDetailsProps) {
  const { txId } = event;
  const facts: Fact[] = [
    { label: 'stored as', value: event.eventType },
    { label: 'place', value: `${event.seq + 1}`, note: 'in the order of the run' },
    ...(event.agentId === undefined ? [] : [{ label: 'bank', value: event.agentId }]),
    ...(txId === undefined ? [] : [{ label: 'payment', value: txId }]),
    ...(event.amountCents === undefined ? [] : [{ label: 'amount', value: formatMoney(event.amountCents) }]),
  ];
  return (
    <section className={styles.details} aria-label="Selected event">
      <p className={styles.words}>
        <b>
          Tick {event.tick}: {eventTitle(event.eventType)}
        </b>{' '}
        {eventWords(event)}
      </p>
      <div className={styles.actions}>
        <Button size="small" onClick={() => onTick(event.tick)}>
          Show tick {event.tick}
        </Button>
        {txId !== undefined && (
          <Button size="small" onClick={() => onPayment(txId)}>
            Life of this payment
          </Button>
        )}
        <Button size="small" variant="ghost" onClick={onClose}>
          Close
        </Button>
      </div>
      <FactList facts={facts} />
      <LongText what="the details as stored" text={prettyJson(event.details)} lines={16} />
    </section>
  );
}
