import { useAnswer, useAsk } from '../../../data/useAnswer.ts';
import { consistencyChecks } from '../../../queries/run/consistencyChecks.ts';
import { eventPage } from '../../../queries/run/runEvents.ts';
import type { RunScope } from '../../../queries/scope.ts';
import type { ConsistencyCheck, EventRow } from '../../../domain/answers/runs.ts';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { useEventFilter } from '../events/EventFilters.tsx';
import { formatMoney, plural } from '../../../lib/format.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import styles from './ConsistencyCard.module.css';
import { StatusMark, type Status } from '../../../ui/StatusMark.tsx';

interface RunConsistencyProps {
  readonly scope: RunScope;
  readonly onEvent: (event: EventRow) => void;
}

/** The checks of a run; the event behind one is shown among all events. */
export function RunConsistency({ scope, onEvent }: RunConsistencyProps) {
  const answer = useAnswer(consistencyChecks.about(scope));
  const ask = useAsk();
  const filter = useEventFilter();
  const showRows = ({ seqs: [seq] }: ConsistencyCheck) => {
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
  return <ConsistencyCard checks={answer.data} onRows={showRows} />;
}

const statuses: Readonly<Record<ConsistencyCheck['outcome'], Status>> = {
  balances: { shape: 'dot', tone: 'accepted', word: 'consistent' },
  differs: { shape: 'cross', tone: 'rejected', word: 'differs' },
  'known gap': { shape: 'triangle', tone: 'warning', word: 'known gap' },
  unreadable: { shape: 'bar', tone: 'warning', word: 'unreadable' },
  'not recorded': { shape: 'ring', tone: 'quiet', word: 'not recorded' },
};

interface ConsistencyCardProps {
  readonly checks: readonly ConsistencyCheck[];
  /** Shows the events behind a check. */
  readonly onRows: (check: ConsistencyCheck) => void;
}

/** Whether what the file says of this run agrees with itself, check by check. */
function ConsistencyCard({ checks, onRows }: ConsistencyCardProps) {
  return (
    <Card title="Consistency" aside={consistencyWords(checks)}>
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
function consistencyWords(checks: readonly ConsistencyCheck[]): string {
  const count = (outcome: ConsistencyCheck['outcome']) =>
    checks.filter((check) => check.outcome === outcome).length;
  const [differing, gaps, unreadable] = [count('differs'), count('known gap'), count('unreadable')];
  if (differing > 0) return `${differing} of ${checks.length} checks differ`;
  if (unreadable > 0) return `${unreadable} of ${checks.length} checks cannot be made: events cannot be read`;
  if (gaps > 0) return `consistent but for ${plural(gaps, 'known gap')}`;
  return count('balances') > 0 ? 'consistent' : 'nothing to check';
}

function Check({ check, onRows }: { check: ConsistencyCheck; onRows: ConsistencyCardProps['onRows'] }) {
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
