import ChevronRight from 'lucide-react/icons/chevron-right';
import { useState, type ReactNode } from 'react';
import styles from './Disclosure.module.css';

export interface DisclosureProps {
  readonly summary: ReactNode;
  /** Quiet words at the right edge of the summary: a length, a count. */
  readonly aside?: ReactNode;
  readonly defaultOpen?: boolean | undefined;
  /** Drawn only once opened, so that something long costs nothing while folded. */
  readonly children: ReactNode;
}

/** Something folded under one line; the native element. */
export function Disclosure({ summary, aside, defaultOpen = false, children }: DisclosureProps) {
  const [open, setOpen] = useState(defaultOpen);
  const [everOpen, setEverOpen] = useState(defaultOpen);
  return (
    <details
      className={styles.disclosure}
      open={open}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
        if (event.currentTarget.open) setEverOpen(true);
      }}
    >
      <summary className={styles.summary}>
        <ChevronRight className={styles.arrow} size={14} aria-hidden />
        {summary}
        {aside !== undefined && <span className={styles.aside}>{aside}</span>}
      </summary>
      <div className={styles.body}>{everOpen && children}</div>
    </details>
  );
}
