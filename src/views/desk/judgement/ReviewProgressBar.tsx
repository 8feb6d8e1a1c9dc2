import styles from './JudgementPanel.module.css';
import type { ReviewProgress } from './reviewState.ts';

/** How far the review is, in words and as a bar. */
export function ReviewProgressBar({ reviewed, total }: ReviewProgress) {
  const words = `${reviewed} of ${total} reviewed`;
  return (
    <>
      <p className={styles.progressWords}>{words}</p>
      <div
        role="progressbar"
        aria-label="Reviewed"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={reviewed}
        aria-valuetext={words}
        className={styles.track}
      >
        <span className={styles.bar} style={{ transform: `scaleX(${total === 0 ? 0 : reviewed / total})` }} />
      </div>
    </>
  );
}
