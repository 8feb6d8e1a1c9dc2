import styles from './OutcomeMark.module.css';
import { outcomeWords, type Outcome } from './words.ts';

/** An outcome by shape, colour and word: a filled dot, a cross, a triangle, a dash. */
export function OutcomeMark({ outcome }: { outcome: Outcome }) {
  return (
    <span className={`${styles.mark ?? ''} ${styles[outcome] ?? ''}`}>
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden>
        {glyphOf(outcome)}
      </svg>
      {outcomeWords[outcome]}
    </span>
  );
}

function glyphOf(outcome: Outcome) {
  switch (outcome) {
    case 'identical':
      return <circle cx="5" cy="5" r="4" fill="currentColor" />;
    case 'different':
      return <path d="M1.5 1.5l7 7m0-7l-7 7" stroke="currentColor" strokeWidth="2" />;
    case 'violations':
      return <path d="M5 1l4.3 8H.7z" fill="none" stroke="currentColor" strokeWidth="1.6" />;
    case 'cannot':
      return <path d="M1 5h8" stroke="currentColor" strokeWidth="2" />;
  }
}
