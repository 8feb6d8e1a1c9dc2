import X from 'lucide-react/icons/x';
import type { ReactNode } from 'react';
import styles from './Chip.module.css';

export interface ChipProps {
  readonly children: ReactNode;
  readonly title?: string | undefined;
  /** Both or neither: the accessible name of the cross, and what it does. */
  readonly remove?: { readonly label: string; readonly onRemove: () => void } | undefined;
}

/** A small fact in a frame: an open file, a filter. `<b>` inside stands out. */
export function Chip({ children, title, remove }: ChipProps) {
  return (
    <span className={styles.chip} title={title}>
      <span className={styles.words}>{children}</span>
      {remove !== undefined && (
        <button
          type="button"
          className={styles.remove}
          aria-label={remove.label}
          title={remove.label}
          onClick={remove.onRemove}
        >
          <X size={12} aria-hidden />
        </button>
      )}
    </span>
  );
}
