import { Button } from './Button.tsx';
import { cx } from './cx.ts';
import styles from './ProgressBar.module.css';

export interface ProgressBarProps {
  /** What is being done, in words: "Reading the table of events". */
  readonly doing: string;
  /** 0 to 1; left out while nobody knows. */
  readonly fraction?: number | undefined;
  readonly onCancel?: (() => void) | undefined;
}

/** Work under way: what, how far, and a way to stop it. */
export function ProgressBar({ doing, fraction, onCancel }: ProgressBarProps) {
  const share = fraction === undefined ? undefined : Math.max(0, Math.min(1, fraction));
  const percent = share === undefined ? undefined : Math.floor(share * 100);
  return (
    <div className={styles.progress}>
      <span role="status" className={styles.doing}>
        {doing}
      </span>
      <span aria-hidden className="tabular">
        {percent === undefined ? '' : `${percent} %`}
      </span>
      {onCancel === undefined ? (
        <span />
      ) : (
        <Button size="small" onClick={onCancel}>
          Cancel
        </Button>
      )}
      <div
        role="progressbar"
        aria-label={doing}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className={styles.track}
      >
        <span
          className={cx(styles.bar, share === undefined && styles.moving)}
          style={share === undefined ? undefined : { transform: `scaleX(${share})` }}
        />
      </div>
    </div>
  );
}
