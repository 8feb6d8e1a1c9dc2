import { useEffect, useRef, useState, type RefObject } from 'react';

import { Busy } from '../../../data/SessionContext.tsx';
import { plural } from '../../../lib/format.ts';
import {
  longestNote,
  isDisputed,
  type Judgement,
  type Remark,
  type Review,
} from '../../../storage/reviews/review.ts';
import { Disclosure } from '../../../ui/Disclosure.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { cx } from '../../../ui/cx.ts';
import fields from '../../../ui/fields.module.css';
import styles from './JudgementPanel.module.css';
import { opinionWords, reviewerWords, timeWords } from './judgements.ts';

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

interface OtherJudgementsProps {
  readonly review: Review | undefined;
  readonly reviewer: string;
}

/** What colleagues think, and what a merge replaced; where reviewers differ, all of them side by side. */
export function OtherJudgements({ review, reviewer }: OtherJudgementsProps) {
  if (review === undefined) return undefined;
  const disputed = isDisputed(review);
  const others = review.judgements.filter((judgement) => judgement.reviewer !== reviewer);
  const mine = review.judgements.find((judgement) => judgement.reviewer === reviewer);
  const shown = disputed ? review.judgements : others;
  return (
    <>
      {disputed && (
        <Notice tone="warning">Reviewers differ on this proposal. Both judgements are kept.</Notice>
      )}
      {shown.length > 0 && (
        <section aria-label="Judgements of all reviewers" className={styles.others}>
          {!disputed && <h3>Other reviewers</h3>}
          <ul className={styles.list}>
            {shown.map((judgement) => (
              <li key={judgement.reviewer} className={styles.other}>
                <OneJudgement judgement={judgement} isMine={judgement.reviewer === reviewer} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {!disputed && mine !== undefined && <Earlier remarks={mine.earlier} />}
    </>
  );
}

function OneJudgement({ judgement, isMine }: { judgement: Judgement; isMine: boolean }) {
  const { reviewer, earlier } = judgement;
  return (
    <>
      <div className={styles.who}>
        <bdi>{reviewerWords(reviewer)}</bdi>
        {isMine && <span className={styles.quiet}>you</span>}
      </div>
      <RemarkText remark={judgement} />
      <Earlier remarks={earlier} />
    </>
  );
}

function RemarkText({ remark: { opinion, note, at } }: { remark: Remark }) {
  return (
    <>
      <div className={styles.who}>
        <b>{opinion === undefined ? 'no choice' : opinionWords[opinion]}</b>
        <time dateTime={at} className={styles.quiet}>
          {timeWords(at)}
        </time>
      </div>
      {note !== '' && <p className={styles.noteText}>{note}</p>}
    </>
  );
}

function Earlier({ remarks }: { remarks: readonly Remark[] }) {
  if (remarks.length === 0) return undefined;
  const words = plural(remarks.length, 'older note');
  return (
    <Disclosure summary={words}>
      {remarks.map((remark) => (
        <RemarkText key={`${remark.at} ${remark.note}`} remark={remark} />
      ))}
    </Disclosure>
  );
}
