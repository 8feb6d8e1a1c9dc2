import type { ComponentProps } from 'react';
import styles from './VisuallyHidden.module.css';

/** Words for screen readers only. */
export function VisuallyHidden({ children, ...rest }: Omit<ComponentProps<'span'>, 'className'>) {
  return (
    <span {...rest} className={styles.hidden}>
      {children}
    </span>
  );
}
