import type { BookCheck } from '../../../domain/answers/runs.ts';
import styles from './BooksCard.module.css';

type Outcome = BookCheck['outcome'];

const words: Readonly<Record<Outcome, string>> = {
  balances: 'balances',
  differs: 'differs',
  'known gap': 'known gap',
  'not recorded': 'not recorded',
  unreadable: 'unreadable',
};
const classes: Readonly<Record<Outcome, string | undefined>> = {
  balances: styles.balances,
  differs: styles.differs,
  'known gap': styles.gap,
  'not recorded': styles.absent,
  unreadable: styles.gap,
};

/** The outcome of a check by shape, colour and word: a filled dot, a cross, a triangle, a bar, a ring. */
export function CheckMark({ outcome }: { outcome: Outcome }) {
  return (
    <span className={`${styles.mark ?? ''} ${classes[outcome] ?? ''}`}>
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden>
        {glyphOf(outcome)}
      </svg>
      {words[outcome]}
    </span>
  );
}

function glyphOf(outcome: Outcome) {
  switch (outcome) {
    case 'balances':
      return <circle cx="5" cy="5" r="4" fill="currentColor" />;
    case 'differs':
      return <path d="M1.5 1.5l7 7m0-7l-7 7" stroke="currentColor" strokeWidth="2" />;
    case 'known gap':
      return <path d="M5 1l4.3 8H.7z" fill="none" stroke="currentColor" strokeWidth="1.6" />;
    case 'unreadable':
      return <path d="M1 5h8" stroke="currentColor" strokeWidth="2" />;
    case 'not recorded':
      return <circle cx="5" cy="5" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.6" />;
  }
}
