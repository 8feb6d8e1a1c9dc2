import { useId } from 'react';
import styles from './CodeBlock.module.css';
import { CopyButton } from './CopyButton.tsx';

export interface CodeBlockProps {
  /** What this is and where it goes: "Python", "In the command line". */
  readonly label: string;
  readonly text: string;
}

/** A few lines to be copied and run elsewhere. */
export function CodeBlock({ label, text }: CodeBlockProps) {
  const labelId = useId();
  return (
    <div className={styles.block}>
      <div className={styles.header}>
        <span id={labelId}>{label}</span>
        <CopyButton text={text} what={label} />
      </div>
      {/* A box that scrolls sideways must be reachable by keyboard. */}
      <pre className={styles.code} tabIndex={0} role="group" aria-labelledby={labelId}>
        {text}
      </pre>
    </div>
  );
}
