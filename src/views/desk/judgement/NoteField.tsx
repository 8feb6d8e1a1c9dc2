import { useEffect, useRef, useState, type RefObject } from 'react';

import { useBusyWhileShown } from '../../../data/SessionContext.tsx';
import { longestNote } from '../../../storage/reviews/review.ts';
import { cx } from '../../../ui/cx.ts';
import fields from '../../../ui/fields.module.css';
import styles from './JudgementPanel.module.css';

interface NoteFieldProps {
  readonly note: string;
  readonly onChange: (note: string) => void;
  /** Escape. */
  readonly onLeave: () => void;
  /** Ctrl+Enter. */
  readonly onDone: () => void;
  readonly ref: RefObject<HTMLTextAreaElement | null>;
}

const pauseMs = 400;

/** The note; kept when one pauses, leaves the field, the proposal or the page. */
export function NoteField({ note, onChange, onLeave, onDone, ref }: NoteFieldProps) {
  const [draft, setDraft] = useState<string>();
  const keep = useKept(draft, onChange);
  const keepNow = () => {
    keep();
    setDraft(undefined);
  };
  useEffect(() => {
    if (draft === undefined) return undefined;
    const timer = setTimeout(() => {
      keep();
      setDraft(undefined);
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [draft, keep]);
  return (
    <>
      <textarea
        ref={ref}
        className={cx(fields.control, styles.note)}
        aria-label="Note, plain text"
        placeholder="Note, plain text"
        aria-keyshortcuts="w"
        rows={4}
        maxLength={longestNote}
        value={draft ?? note}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={keepNow}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.preventDefault();
            onLeave();
          }
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            keepNow();
            onDone();
          }
        }}
      />
      {draft !== undefined && <Busy />}
    </>
  );
}

/** A way to keep the draft, used also when the field or the page goes. */
function useKept(draft: string | undefined, onChange: (note: string) => void): () => void {
  const latest = useRef({ draft, onChange });
  useEffect(() => {
    latest.current = { draft, onChange };
  });
  const keep = useRef(() => {
    const { draft: written, onChange: change } = latest.current;
    latest.current = { ...latest.current, draft: undefined };
    if (written !== undefined) change(written);
  }).current;
  useEffect(() => {
    window.addEventListener('pagehide', keep);
    return () => {
      window.removeEventListener('pagehide', keep);
      keep();
    };
  }, [keep]);
  return keep;
}

/** The page is not idle while something is not kept yet. */
export function Busy() {
  useBusyWhileShown();
  return undefined;
}
