import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import styles from './Missing.module.css';

/** Stands where a value would: the file does not hold it. */
export function Missing({ why }: { why: string }) {
  return (
    <span className={styles.missing} title={why}>
      <span aria-hidden>–</span>
      <VisuallyHidden>{why}</VisuallyHidden>
    </span>
  );
}
