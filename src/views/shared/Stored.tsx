import { plainStoredReason } from '../../domain/acceptance/reasons.ts';
import { storedAs } from '../../domain/unreadable/lostCells.ts';
import styles from './Missing.module.css';

interface StoredProps {
  readonly stored: string;
  readonly wanted: 'cents' | 'number';
}

/** Stands where a value would: what is stored, which cannot be read, and why not. */
export function Stored({ stored, wanted }: StoredProps) {
  const words = storedAs(stored, wanted);
  return (
    <span className={styles.stored} title={words}>
      <span aria-hidden>{stored === '' ? '“”' : stored}</span>
      <span className={styles.words}>{words}</span>
    </span>
  );
}

/** A stored reason in plain words, beside it what is stored; an unknown one as it stands. */
export function StoredReason({ stored }: { stored: string }) {
  const words = plainStoredReason(stored);
  return words === stored ? (
    <>
      stored as <q>{stored}</q>
    </>
  ) : (
    <>
      {words} (stored: <q>{stored}</q>)
    </>
  );
}
