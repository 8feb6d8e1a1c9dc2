import OctagonAlert from 'lucide-react/icons/octagon-alert';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { ReactNode } from 'react';
import styles from './Alert.module.css';
import { cx } from './cx.ts';

export interface AlertProps {
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
    <div role="alert" data-code={code} className={cx(styles.alert, styles[tone])}>
      <Icon className={styles.icon} size={18} aria-hidden />
      <Title className={styles.title}>{title}</Title>
      <div className={styles.body}>
        {what !== undefined && <div>{what}</div>}
        {why !== undefined && <div className={styles.why}>{why}</div>}
        {wayOut !== undefined && <div>{wayOut}</div>}
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}
