import { Fragment, type ReactNode } from 'react';

import styles from './FactList.module.css';
import figureStyles from './KeyFigures.module.css';
import { cx } from './cx.ts';

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

interface KeyFigure {
  readonly caption: string;
  readonly value: ReactNode;
  /** A smaller word after the value: "14 *accepted*". */
  readonly unit?: string | undefined;
  readonly tone?: 'good' | 'bad' | undefined;
}

interface KeyFiguresProps {
  /** Accessible name of the row. */
  readonly label: string;
  readonly figures: readonly KeyFigure[];
  /** Small lines beside the figures, under what they came about. */
  readonly aside?: ReactNode;
}

/** The few numbers that matter most, large, each with its caption. */
export function KeyFigures({ label, figures, aside }: KeyFiguresProps) {
  return (
    <section className={figureStyles.figures} aria-label={label}>
      <dl className={figureStyles.list}>
        {figures.map(({ caption, value, unit, tone }, place) => (
          // By place: two figures may have one caption, "BANK_A 1, BANK_B 1" under accepted and under rejected.
          <div key={place} className={figureStyles.figure}>
            <dt className={figureStyles.caption}>{caption}</dt>
            <dd className={cx(figureStyles.value, tone !== undefined && figureStyles[tone])}>
              {value}
              {unit !== undefined && <span className={figureStyles.unit}> {unit}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {aside !== undefined && <div className={figureStyles.aside}>{aside}</div>}
    </section>
  );
}
