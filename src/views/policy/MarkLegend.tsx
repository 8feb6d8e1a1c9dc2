import { stateSigns, stateWords, unreachableSign } from './markWords.ts';
import styles from './marks.module.css';

/** What the signs beside the nodes mean. */
export function MarkLegend() {
  return (
    <p className={styles.legend}>
      {(['added', 'removed', 'changed', 'moved'] as const).map((state) => (
        <span key={state}>
          <span className={styles[state]} aria-hidden>
            {stateSigns[state]}
          </span>{' '}
          {stateWords[state]}
        </span>
      ))}
      <span>
        <span className={styles.unreachable} aria-hidden>
          {unreachableSign}
        </span>{' '}
        can never be reached
      </span>
    </p>
  );
}
