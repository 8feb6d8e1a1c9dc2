import styles from './NewMark.module.css';

/** Beside what was not in the file when it was opened; the file was read again since. */
export function NewMark({ words }: { words: string }) {
  return (
    <span className={styles.mark} title="new since the file was read again">
      {words}
    </span>
  );
}
