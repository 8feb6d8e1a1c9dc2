import styles from './Missing.module.css';

/** Stands where a value would: something is stored, and it cannot be read. `words` say what, and why. */
export function Stored({ words }: { words: string }) {
  return (
    <span className={styles.stored} title={words}>
      {words}
    </span>
  );
}
