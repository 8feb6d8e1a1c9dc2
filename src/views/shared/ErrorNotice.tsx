import { failureCode, isChangedOnDisk } from '../../data/failureCode.ts';
import { useSession } from '../../data/SessionContext.tsx';
import { SourceFailure } from '../../data/sourceFailure.ts';
import { changedOnDisk } from '../../source/refusals.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';

/** A question that the engine could not answer. The page around it stays. */
export function ErrorNotice({ error, doing }: { error: Error; doing: string }) {
  const session = useSession();
  const unreadable = error instanceof SourceFailure ? error : undefined;
  const known = unreadable?.refusal ?? (isChangedOnDisk(error) ? changedOnDisk('The file') : undefined);
  return (
    <Alert
      code={failureCode(error)}
      title={`Could not finish: ${doing}.`}
      what={known?.what}
      why={known?.why ?? error.message}
      wayOut={
        known?.wayOut ??
        'What else is on screen stands. Reload the page to try again; if it stays so, the file may be damaged.'
      }
      actions={
        unreadable !== undefined && (
          <Button onClick={() => void session.open([unreadable.source])}>
            {unreadable.refusal.code === 'changed' ? 'Read it again' : 'Try again'}
          </Button>
        )
      }
    />
  );
}
