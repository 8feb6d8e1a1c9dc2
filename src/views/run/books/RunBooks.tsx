import { useAnswer, useAsk } from '../../../data/useAnswer.ts';
import { bookChecks } from '../../../queries/run/bookChecks.ts';
import { eventPage } from '../../../queries/run/runEvents.ts';
import type { RunScope } from '../../../queries/scope.ts';
import type { BookCheck, EventRow } from '../../../domain/answers/runs.ts';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { useEventFilter } from '../events/useEventFilter.ts';
import { formatMoney, plural } from '../../../lib/format.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import styles from './BooksCard.module.css';
import { StatusMark, type Status } from '../../../ui/StatusMark.tsx';

interface RunBooksProps {
  readonly scope: RunScope;
  readonly onEvent: (event: EventRow) => void;
}

/** The checks of a run; the event behind one is shown among all events. */
export function RunBooks({ scope, onEvent }: RunBooksProps) {
  const answer = useAnswer(bookChecks.about(scope));
  const ask = useAsk();
  const filter = useEventFilter();
  const showRows = ({ seqs: [seq] }: BookCheck) => {
    if (seq === undefined) return;
    void ask(eventPage.about({ ...scope, filter: {}, offset: seq, limit: 1 })).then(([event]) => {
      if (event === undefined) return;
      filter.clear();
      onEvent(event);
    });
  };
  if (answer.error !== null)
    return <ErrorNotice error={answer.error} doing="checking the consistency of the run" />;
  if (answer.data == null) return <ProgressBar doing="Checking the consistency of the run" />;
  return <BooksCard checks={answer.data} onRows={showRows} />;
}

const statuses: Readonly<Record<BookCheck['outcome'], Status>> = {
  balances: { shape: 'dot', tone: 'accepted', word: 'consistent' },
  differs: { shape: 'cross', tone: 'rejected', word: 'differs' },
  'known gap': { shape: 'triangle', tone: 'warning', word: 'known gap' },
  unreadable: { shape: 'bar', tone: 'warning', word: 'unreadable' },
  'not recorded': { shape: 'ring', tone: 'quiet', word: 'not recorded' },
};

interface BooksCardProps {
  readonly checks: readonly BookCheck[];
  /** Shows the events behind a check. */
  readonly onRows: (check: BookCheck) => void;
}

/** Whether what the file says of this run agrees with itself, check by check. */
function BooksCard({ checks, onRows }: BooksCardProps) {
  return (
    <Card title="Consistency" aside={booksWords(checks)}>
      {checks.length === 0 ? (
        <p className={styles.none}>Nothing is stored that could be checked against anything else.</p>
      ) : (
        <ul className={styles.checks}>
          {checks.map((check) => (
            <Check key={check.id} check={check} onRows={onRows} />
          ))}
        </ul>
      )}
    </Card>
  );
}

/** `consistent`, or how many checks differ. */
function booksWords(checks: readonly BookCheck[]): string {
  const count = (outcome: BookCheck['outcome']) => checks.filter((check) => check.outcome === outcome).length;
  const [differing, gaps, unreadable] = [count('differs'), count('known gap'), count('unreadable')];
  if (differing > 0) return `${differing} of ${checks.length} checks differ`;
  if (unreadable > 0) return `${unreadable} of ${checks.length} checks cannot be made: events cannot be read`;
  if (gaps > 0) return `consistent but for ${plural(gaps, 'known gap')}`;
  return count('balances') > 0 ? 'consistent' : 'nothing to check';
}

function Check({ check, onRows }: { check: BookCheck; onRows: BooksCardProps['onRows'] }) {
  const { title, outcome, expected, found, differenceCents, why, seqs } = check;
  return (
    <li className={styles.check}>
      <StatusMark status={statuses[outcome]} />
      <div className={styles.words}>
        <p>
          {title}
          {outcome === 'balances' && found !== undefined && (
            <>
              : <b>{found}</b>
            </>
          )}
        </p>
        {outcome !== 'balances' && expected !== undefined && found !== undefined && (
          <p>
            expected <b>{expected}</b>, found <b>{found}</b>
            {differenceCents !== undefined && (
              <>
                , difference <b>{formatMoney(differenceCents)}</b>
              </>
            )}
          </p>
        )}
        {why !== '' && <p className={styles.why}>{why}</p>}
        {seqs.length > 0 && (
          <Button size="small" variant="ghost" onClick={() => onRows(check)}>
            Show the {seqs.length === 1 ? 'event' : 'first event'} behind it
          </Button>
        )}
      </div>
    </li>
  );
}
