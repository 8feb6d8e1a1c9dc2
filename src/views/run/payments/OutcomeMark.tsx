import type { PaymentStatus } from '../../../domain/answers/runs.ts';
import styles from './OutcomeMark.module.css';
import { outcomeWords } from './paymentWords.ts';

/** What became of a payment, by shape, colour and word: a filled dot, a ring, a triangle, a cross, a fork, a query. */
export function OutcomeMark({ status }: { status: PaymentStatus }) {
  return (
    <span className={`${styles.mark ?? ''} ${styles[status] ?? ''}`}>
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden>
        {glyphOf(status)}
      </svg>
      {outcomeWords[status]}
    </span>
  );
}

function glyphOf(status: PaymentStatus) {
  switch (status) {
    case 'settled':
      return <circle cx="5" cy="5" r="4" fill="currentColor" />;
    case 'waiting':
      return <circle cx="5" cy="5" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.6" />;
    case 'overdue':
      return <path d="M5 1l4.3 8H.7z" fill="none" stroke="currentColor" strokeWidth="1.6" />;
    case 'dropped':
      return <path d="M1.5 1.5l7 7m0-7l-7 7" stroke="currentColor" strokeWidth="2" />;
    case 'split':
      return <path d="M1 5h4l4-4M5 5l4 4" fill="none" stroke="currentColor" strokeWidth="1.6" />;
    case 'unknown':
      return (
        <path
          d="M2.6 3.2a2.4 2.4 0 1 1 3.5 2.1L5 6v.9m0 1.3v1"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
        />
      );
  }
}
