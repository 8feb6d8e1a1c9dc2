import type { ReactNode } from 'react';
import styles from './fields.module.css';

export interface CheckboxProps {
  readonly children: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** `switch`: takes effect at once. */
  readonly kind?: 'checkbox' | 'switch' | undefined;
  readonly disabled?: boolean | undefined;
}

/** Something that is on or off, with its words. */
export function Checkbox({ children, checked, onChange, kind = 'checkbox', disabled }: CheckboxProps) {
  return (
    <label className={styles.inline}>
      <input
        type="checkbox"
        role={kind === 'switch' ? 'switch' : undefined}
        className={kind === 'switch' ? styles.switch : styles.box}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      {children}
    </label>
  );
}
