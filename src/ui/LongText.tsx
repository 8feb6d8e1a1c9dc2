import { useMemo, useState } from 'react';
import { formatCount } from '../lib/format.ts';
import { Button } from './Button.tsx';
import { CopyButton } from './CopyButton.tsx';
import { cx } from './cx.ts';
import styles from './LongText.module.css';
import { assumedLines, foldText, sliceText } from './sliceText.ts';

export interface LongTextProps {
  /** What the text is, as "the system prompt"; spoken with the buttons. */
  readonly what: string;
  readonly text: string;
  /** Lines shown before the fold. */
  readonly lines?: number | undefined;
}

/** A text of any length from a file: as written, never as HTML, folded, quick at 200 kB. */
export function LongText({ what, text, lines = 12 }: LongTextProps) {
  const [open, setOpen] = useState(false);
  const { head, folded } = useMemo(() => foldText(text, lines), [text, lines]);
  const slices = useMemo(() => (open && folded ? sliceText(text) : []), [open, folded, text]);
  return (
    <div className={styles.long}>
      <div className={cx(styles.text, folded && !open && styles.folded)}>
        {open && folded
          ? slices.map((slice, index) => (
              <span
                key={index}
                className={styles.slice}
                style={{ containIntrinsicBlockSize: `auto ${assumedLines(slice) * 1.5}em` }}
              >
                {slice}
              </span>
            ))
          : head}
      </div>
      <div className={styles.bar}>
        {folded && (
          <Button
            variant="ghost"
            size="small"
            aria-expanded={open}
            aria-label={`${open ? 'Show less of' : 'Show all of'} ${what} (${formatCount(text.length)} characters)`}
            onClick={() => setOpen(!open)}
          >
            {open ? 'Show less' : `Show all (${formatCount(text.length)} characters)`}
          </Button>
        )}
        <CopyButton text={text} what={what} />
      </div>
    </div>
  );
}
