import { useSession, useSessionState } from '../../data/SessionContext.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';

/** What is being done about the files that were asked for; can be stopped at any moment. */
export function OpeningBar() {
  const session = useSession();
  const { boot, opening } = useSessionState();
  if (opening === undefined) return null;
  const names = opening.names.length > 3 ? `${opening.names.length} files` : opening.names.join(', ');
  if (boot.phase === 'booting') {
    return (
      <ProgressBar
        doing={`${names}: starting the engine`}
        fraction={boot.percent === undefined ? undefined : boot.percent / 100}
        onCancel={() => session.cancel()}
      />
    );
  }
  return <ProgressBar doing={`${names}: ${opening.step}`} onCancel={() => session.cancel()} />;
}
