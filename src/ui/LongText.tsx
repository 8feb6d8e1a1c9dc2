import { useMemo, useState } from 'react';
import { formatCount } from '../lib/format.ts';
import { Button } from './Button.tsx';
import { CopyButton } from './CopyButton.tsx';
import { cx } from './cx.ts';
import styles from './LongText.module.css';

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

/** Characters; small enough that drawing one slice is not felt. */
const SLICE = 4_000;

/** The text in pieces that end at line ends; joined they are the text. A longer line stays whole. */
export function sliceText(text: string, size: number = SLICE): readonly string[] {
  const slices: string[] = [];
  for (let start = 0; start < text.length;) {
    const lineEnd = text.indexOf('\n', Math.min(start + size, text.length) - 1);
    const end = lineEnd === -1 ? text.length : lineEnd + 1;
    slices.push(text.slice(start, end));
    start = end;
  }
  return slices;
}

interface Fold {
  readonly head: string;
  /** False: the head is the whole text. */
  readonly folded: boolean;
}

/** The beginning of a text: so many lines, or so many characters where lines are long. */
export function foldText(text: string, maxLines: number): Fold {
  const maxCharacters = maxLines * 120;
  let end = -1;
  for (let line = 0; line < maxLines; line += 1) {
    end = text.indexOf('\n', end + 1);
    if (end === -1) break;
  }
  // A last line end is not one more line.
  const byLines = end === -1 || end === text.length - 1 ? text.length : end;
  const cut = Math.min(byLines, maxCharacters);
  // A few characters more are cheaper to show than to fold.
  return cut + 80 >= text.length ? { head: text, folded: false } : { head: text.slice(0, cut), folded: true };
}

/** Lines a slice takes before it was ever drawn, for the scroll bar: about 120 characters fit in one. */
export function assumedLines(slice: string): number {
  let lines = 0;
  for (const line of slice.split('\n')) lines += Math.max(1, Math.ceil(line.length / 120));
  return slice.endsWith('\n') ? lines - 1 : lines;
}
