import type { ReactNode } from 'react';

import styles from './PageHead.module.css';

interface PageHeadProps {
  readonly crumbs: ReactNode;
  readonly title: ReactNode;
  /** Beside the title, at the far end: ways to the neighbours. */
  readonly actions?: ReactNode;
  /** The line of facts. */
  readonly children: ReactNode;
}

/** Where we are, what this is, and one line of facts. */
export function PageHead({ crumbs, title, actions, children }: PageHeadProps) {
  return (
    <div className={styles.head}>
      {crumbs}
      <div className={styles.line}>
        <h1>{title}</h1>
        {actions}
      </div>
      <div className={styles.facts}>{children}</div>
    </div>
  );
}
