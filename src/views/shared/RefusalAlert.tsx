import type { Refusal, RefusalCode } from '../../domain/refusal.ts';
import { shown } from '../../source/refusals.ts';
import { Alert } from '../../ui/Notice.tsx';
import { Button } from '../../ui/Button.tsx';
import { CodeBlock } from '../../ui/CopyButton.tsx';
import styles from './RefusalAlert.module.css';

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
