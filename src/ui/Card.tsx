import { useId, type ReactNode } from 'react';
import styles from './Card.module.css';
import { cx } from './cx.ts';

export interface CardProps {
  readonly title: string;
  /** Quiet words beside the title: a count, a file. */
  readonly aside?: ReactNode;
  readonly actions?: ReactNode;
  /** Space around the content; tables go to the edge, so they want none. */
  readonly padded?: boolean | undefined;
  readonly as?: 'section' | 'aside' | undefined;
  readonly className?: string | undefined;
  /** Where a link on the same page leads. */
  readonly id?: string | undefined;
  readonly children: ReactNode;
}

/** A titled region of a screen. */
export function Card({
  title,
  aside,
  actions,
  padded = false,
  as: Tag = 'section',
  className,
  id,
  children,
}: CardProps) {
  const titleId = useId();
  return (
    <Tag id={id} className={cx(styles.card, className)} aria-labelledby={titleId}>
      <header className={styles.header}>
        <h2 id={titleId}>{title}</h2>
        {aside !== undefined && <span className={styles.aside}>{aside}</span>}
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      <div className={cx(styles.body, padded && styles.padded)}>{children}</div>
    </Tag>
  );
}
