import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './KeyFigures.module.css';

interface KeyFigure {
  readonly caption: string;
  readonly value: ReactNode;
  /** A smaller word after the value: "14 *accepted*". */
  readonly unit?: string | undefined;
  readonly tone?: 'good' | 'bad' | undefined;
}

export interface KeyFiguresProps {
  /** Accessible name of the row. */
  readonly label: string;
  readonly figures: readonly KeyFigure[];
  /** Small lines beside the figures, under what they came about. */
  readonly aside?: ReactNode;
}

/** The few numbers that matter most, large, each with its caption. */
export function KeyFigures({ label, figures, aside }: KeyFiguresProps) {
  return (
    <section className={styles.figures} aria-label={label}>
      <dl className={styles.list}>
        {figures.map(({ caption, value, unit, tone }, place) => (
          // By place: two figures may have one caption, "BANK_A 1, BANK_B 1" under accepted and under rejected.
          <div key={place} className={styles.figure}>
            <dt className={styles.caption}>{caption}</dt>
            <dd className={cx(styles.value, tone !== undefined && styles[tone])}>
              {value}
              {unit !== undefined && <span className={styles.unit}> {unit}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {aside !== undefined && <div className={styles.aside}>{aside}</div>}
    </section>
  );
}
