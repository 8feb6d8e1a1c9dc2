import { useSession, useSessionState } from '../../data/SessionContext.tsx';
import { RefusalAlert } from '../../views/shared/RefusalAlert.tsx';

/** What could not be opened, newest last; each goes when it was read. */
export function Refusals() {
  const session = useSession();
  const { alerts, boot } = useSessionState();
  return (
    <>
      {boot.phase === 'failed' && <RefusalAlert refusal={boot.refusal} />}
      {alerts.map((alert) => (
        <RefusalAlert
          key={alert.id}
          refusal={alert.refusal}
          onDismiss={() => session.dismiss(alert.id)}
          onAgain={
            alert.again === undefined
              ? undefined
              : () => {
                  session.dismiss(alert.id);
                  if (alert.again !== undefined) void session.open([alert.again]);
                }
          }
        />
      ))}
    </>
  );
}
