import { Fragment, type ReactNode } from 'react';
import styles from './FactList.module.css';

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
  /** A quiet line under the value. */
  readonly note?: string | undefined;
}

/** Names on the left, values on the right. */
export function FactList({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ label, value, note }) => (
        <Fragment key={label}>
          <dt className={styles.label}>{label}</dt>
          <dd className={styles.value}>
            {value}
            {note !== undefined && <span className={styles.note}>{note}</span>}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}
