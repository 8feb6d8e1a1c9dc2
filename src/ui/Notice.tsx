import Info from 'lucide-react/icons/info';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './Notice.module.css';

export interface NoticeProps {
  readonly children: ReactNode;
  readonly tone?: 'info' | 'warning' | undefined;
  /** Spoken when it appears; leave out for what belongs to the page from the start. */
  readonly live?: boolean | undefined;
  readonly code?: string | undefined;
  readonly actions?: ReactNode;
}

/** Something worth knowing that stops nobody. What stops somebody is an Alert. */
export function Notice({ children, tone = 'info', live = false, code, actions }: NoticeProps) {
  const Icon = tone === 'info' ? Info : TriangleAlert;
  return (
    <div
      role={live ? 'status' : undefined}
      data-code={code}
      className={cx(styles.notice, tone === 'warning' && styles.warning)}
    >
      <Icon className={styles.icon} size={14} aria-hidden />
      <div className={styles.words}>{children}</div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
