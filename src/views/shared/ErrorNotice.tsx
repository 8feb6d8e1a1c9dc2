import { useQueryClient } from '@tanstack/react-query';

import { useOpenFiles, useSession } from '../../data/SessionContext.tsx';
import { explainFailure, SourceFailure } from '../../data/questionFailure.ts';
import type { Refusal, RefusalCode } from '../../domain/refusal.ts';
import { formatBytes } from '../../lib/format.ts';
import { shown } from '../../source/refusals.ts';
import { Button } from '../../ui/Button.tsx';
import { CodeBlock } from '../../ui/CopyButton.tsx';
import { Alert } from '../../ui/Notice.tsx';
import styles from './ErrorNotice.module.css';

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
        code === 'out-of-memory' ? (
          <OutOfMemory askAgain={askAgain} />
        ) : error instanceof SourceFailure ? (
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

/** More files than these are closed from the list of them. */
const mostOffered = 4;

/** What can be given back: another file, the largest first, or all that answers have left in memory. */
function OutOfMemory({ askAgain }: { readonly askAgain: () => void }) {
  const session = useSession();
  const files = useOpenFiles();
  const largest = [...files].sort((a, b) => b.leastBytes - a.leastBytes).slice(0, mostOffered);
  return (
    <>
      <Button variant="primary" onClick={askAgain}>
        Try again
      </Button>
      {files.length > 1 &&
        largest.map(({ fileId, name, leastBytes }) => (
          <Button key={fileId} onClick={() => void session.close(fileId)}>
            {`Close ${name} (${formatBytes(leastBytes)})`}
          </Button>
        ))}
      <Button onClick={() => location.reload()}>Start the page anew</Button>
    </>
  );
}

interface RefusalAlertProps {
  readonly refusal: Refusal;
  readonly onDismiss?: () => void;
  /** Opens the file that it is about once more. */
  readonly onAgain?: (() => void) | undefined;
}

const againWords: Partial<Record<RefusalCode, string>> = {
  changed: 'Read it again',
  'leads-on': 'Follow it',
};

/** A refusal with its way out, ready to copy where there is something to run. */
export function RefusalAlert({ refusal, onDismiss, onAgain }: RefusalAlertProps) {
  return (
    <div className={styles.place}>
      <Alert
        code={refusal.code}
        tone={refusal.warning === true || refusal.code === 'wal-missing' ? 'warning' : 'error'}
        title={shown(refusal.what)}
        why={shown(refusal.why)}
        wayOut={
          <>
            <p>{shown(refusal.wayOut)}</p>
            {refusal.copy !== undefined && (
              <div className={styles.blocks}>
                {refusal.copy.map((block) => (
                  <CodeBlock key={block.label} label={block.label} text={block.text} />
                ))}
              </div>
            )}
          </>
        }
        actions={
          <>
            {onAgain !== undefined && (
              <Button onClick={onAgain}>{againWords[refusal.code] ?? 'Try again'}</Button>
            )}
            {onDismiss !== undefined && <Button onClick={onDismiss}>Dismiss</Button>}
          </>
        }
      />
    </div>
  );
}
