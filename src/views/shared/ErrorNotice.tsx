import { useQueryClient } from '@tanstack/react-query';

import { explainFailure } from '../../data/questionFailure.ts';
import { useSession } from '../../data/SessionContext.tsx';
import { SourceFailure } from '../../data/sourceFailure.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';

/** A question that the engine could not answer. The page around it stays. */
export function ErrorNotice({ error, doing }: { error: Error; doing: string }) {
  const session = useSession();
  const client = useQueryClient();
  const { code, what, why, wayOut, mayPass } = explainFailure(error);
  const askAgain = (): void =>
    void client.refetchQueries({ predicate: (query) => query.state.error === error });
  return (
    <Alert
      code={code}
      title={`Could not finish: ${doing}.`}
      what={what}
      why={why}
      wayOut={wayOut}
      actions={
        error instanceof SourceFailure ? (
          <Button onClick={() => void session.open([error.source])}>
            {code === 'changed' ? 'Read it again' : 'Try again'}
          </Button>
        ) : (
          mayPass && <Button onClick={askAgain}>Try again</Button>
        )
      }
    />
  );
}
