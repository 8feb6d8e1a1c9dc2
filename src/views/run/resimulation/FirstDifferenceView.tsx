import { formatCount } from '../../../lib/format.ts';
import { formatJson, isJsonObject, parseJson } from '../../../lib/json.ts';
import type { EventText, FirstDifference } from '../../../domain/answers/resimulation.ts';
import { FactList, type Fact } from '../../../ui/FactList.tsx';
import styles from './FirstDifferenceView.module.css';

/** Both sides of the first event that is not the same, field by field. */
export function FirstDifferenceView({ first }: { first: FirstDifference }) {
  return (
    <div className={styles.sides}>
      <Side title="Stored" event={first.stored} other={first.simulated} />
      <Side title="Simulated again" event={first.simulated} other={first.stored} />
    </div>
  );
}

interface SideProps {
  readonly title: string;
  readonly event: EventText | undefined;
  readonly other: EventText | undefined;
}

function Side({ title, event, other }: SideProps) {
  const fields = fieldsOf(event);
  const others = new Map(fieldsOf(other));
  return (
    <section className={styles.side} aria-label={title}>
      <h3>{title}</h3>
      {event === undefined ? (
        <p>No event: this side ends here.</p>
      ) : (
        <FactList
          facts={fields.map(([label, value]): Fact => ({
            label,
            value: other !== undefined && others.get(label) !== value ? <mark>{value}</mark> : value,
          }))}
        />
      )}
    </section>
  );
}

function fieldsOf(event: EventText | undefined): readonly (readonly [string, string])[] {
  if (event === undefined) return [];
  const details = parseJson(event.details);
  const inner: (readonly [string, string])[] =
    details.ok && isJsonObject(details.value)
      ? Object.entries(details.value).map(([key, value]) => [
          key,
          typeof value === 'string' ? value : formatJson(value),
        ])
      : [['details', event.details]];
  return [
    ['type', event.eventType],
    ['tick', formatCount(event.tick)],
    ...(event.agentId === undefined ? [] : [['agent', event.agentId] as const]),
    ...(event.txId === undefined ? [] : [['payment', event.txId] as const]),
    ...inner,
  ];
}
