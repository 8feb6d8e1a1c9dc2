import type { ReactNode } from 'react';

import styles from './PageBody.module.css';

/** The parts of a screen under its head, one below the other. */
export function PageBody({ children }: { children: ReactNode }) {
  return <div className={styles.page}>{children}</div>;
}
