import Info from 'lucide-react/icons/info';
import OctagonAlert from 'lucide-react/icons/octagon-alert';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { ReactNode } from 'react';

import alertStyles from './Alert.module.css';
import styles from './Notice.module.css';
import { cx } from './cx.ts';

interface NoticeProps {
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

interface AlertProps {
  /** Stable word for scripts and tests, written to `data-code`. */
  readonly code: string;
  readonly title: string;
  readonly what?: ReactNode;
  readonly why?: ReactNode;
  readonly wayOut?: ReactNode;
  readonly tone?: 'error' | 'warning' | undefined;
  readonly actions?: ReactNode;
  /** It stands in the place of a screen, so its title is the heading of the page. */
  readonly inPlaceOfScreen?: boolean | undefined;
}

/** A refusal or failure, announced at once: what happened, why, and what to do now. */
export function Alert(props: AlertProps) {
  const { code, title, what, why, wayOut, tone = 'error', actions, inPlaceOfScreen = false } = props;
  const Title = inPlaceOfScreen ? 'h1' : 'p';
  const Icon = tone === 'error' ? OctagonAlert : TriangleAlert;
  return (
    <div role="alert" data-code={code} className={cx(alertStyles.alert, alertStyles[tone])}>
      <Icon className={alertStyles.icon} size={18} aria-hidden />
      <Title className={alertStyles.title}>{title}</Title>
      <div className={alertStyles.body}>
        {what !== undefined && <div>{what}</div>}
        {why !== undefined && <div className={alertStyles.why}>{why}</div>}
        {wayOut !== undefined && <div>{wayOut}</div>}
        {actions !== undefined && <div className={alertStyles.actions}>{actions}</div>}
      </div>
    </div>
  );
}
