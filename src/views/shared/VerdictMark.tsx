import type { Verdict } from '../../domain/experiment/verdict.ts';
import styles from './VerdictMark.module.css';
import { verdictWords } from './words.ts';

/** A verdict by shape, colour and word: a filled dot, a cross, a triangle, a ring, a dash. */
export function VerdictMark({ verdict, detail }: { verdict: Verdict; detail?: string | undefined }) {
  return (
    <span className={`${styles.mark ?? ''} ${styles[verdict] ?? ''}`}>
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden>
        {glyphOf(verdict)}
      </svg>
      {verdictWords[verdict]}
      {detail !== undefined && <span className={styles.detail}>{detail}</span>}
    </span>
  );
}

function glyphOf(verdict: Verdict) {
  switch (verdict) {
    case 'accepted':
      return <circle cx="5" cy="5" r="4" fill="currentColor" />;
    case 'rejected':
      return <path d="M1.5 1.5l7 7m0-7l-7 7" stroke="currentColor" strokeWidth="2" />;
    case 'invalid':
      return <path d="M5 1l4.3 8H.7z" fill="none" stroke="currentColor" strokeWidth="1.6" />;
    case 'pending':
      return <circle cx="5" cy="5" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.6" />;
    case 'no_change':
      return <path d="M1 5h8" stroke="currentColor" strokeWidth="2" />;
  }
}
