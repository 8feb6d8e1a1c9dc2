import { useState } from 'react';
import { useSession, useSessionState } from '../../data/SessionContext.tsx';
import type { SessionState } from '../../data/session/state.ts';
import { allowLeadingOn } from '../../storage/hosts.ts';
import { plural } from '../../lib/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { RefusalAlert } from '../../views/shared/ErrorNotice.tsx';
import styles from './Shell.module.css';

type SessionAlert = SessionState['alerts'][number];

/** What could not be opened, newest last; each goes when it was read. What is older than the newest attempt folds. */
export function Refusals() {
  const session = useSession();
  const { alerts, boot } = useSessionState();
  const oldUpTo = useLastBeforeAttempt();
  const old = alerts.filter(({ id }) => id <= oldUpTo);
  const folded = old.length > 1 ? old : [];
  const open = alerts.slice(folded.length);
  return (
    <>
      {boot.phase === 'failed' && <RefusalAlert refusal={boot.refusal} />}
      {open.map((alert) => (
        <OneRefusal key={alert.id} alert={alert} />
      ))}
      {folded.length > 0 && (
        <div className={styles.earlier}>
          <Disclosure summary={`${plural(folded.length, 'earlier message')}: ${subjectsOf(folded)}`}>
            {folded.map((alert) => (
              <OneRefusal key={alert.id} alert={alert} />
            ))}
          </Disclosure>
          <Button
            size="small"
            onClick={() => {
              for (const { id } of folded) session.dismiss(id);
            }}
          >
            Dismiss all
          </Button>
        </div>
      )}
    </>
  );
}

/** The newest message that was there when files were last asked for. */
function useLastBeforeAttempt(): number {
  const { alerts, opening } = useSessionState();
  const isOpening = opening !== undefined;
  const [seen, setSeen] = useState({ isOpening, upTo: 0 });
  if (seen.isOpening !== isOpening)
    setSeen({ isOpening, upTo: isOpening ? (alerts.at(-1)?.id ?? 0) : seen.upTo });
  return seen.upTo;
}

function subjectsOf(alerts: readonly SessionAlert[]): string {
  return [...new Set(alerts.map(({ refusal }) => refusal.subject))].join(', ');
}

function OneRefusal({ alert }: { alert: SessionAlert }) {
  const session = useSession();
  const { id, refusal, again } = alert;
  return (
    <RefusalAlert
      refusal={refusal}
      onDismiss={() => session.dismiss(id)}
      onAgain={
        again === undefined
          ? undefined
          : () => {
              session.dismiss(id);
              if (refusal.code === 'leads-on' && again.kind === 'url') allowLeadingOn(again.url);
              void session.open([again]);
            }
      }
    />
  );
}
