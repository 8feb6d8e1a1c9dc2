import { failureCode } from '../../data/failureCode.ts';
import { Alert } from '../../ui/Alert.tsx';

/** A question that the engine could not answer. The page around it stays. */
export function ErrorNotice({ error, doing }: { error: Error; doing: string }) {
  return (
    <Alert
      code={failureCode(error)}
      title={`Could not finish: ${doing}.`}
      why={error.message}
      wayOut="What else is on screen stands. Reload the page to try again; if it stays so, the file may be damaged."
    />
  );
}
