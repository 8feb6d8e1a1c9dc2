import type { ReactNode } from 'react';
import styles from './Export.module.css';

/** A group of choices under its name. */
export function Named({ words, children }: { readonly words: string; readonly children: ReactNode }) {
  return (
    <div className={styles.named}>
      <span aria-hidden>{words}</span>
      {children}
    </div>
  );
}

interface BoxProps {
  readonly words: string;
  readonly isOn: boolean;
  readonly onToggle: () => void;
}

/** One thing to show or not. */
export function Box({ words, isOn, onToggle }: BoxProps) {
  return (
    <label>
      <input type="checkbox" checked={isOn} onChange={onToggle} /> {words}
    </label>
  );
}
