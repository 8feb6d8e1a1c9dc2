import { useId, useRef } from 'react';

import type { Verdict } from '../../../domain/experiment/verdict.ts';
import { judgementBy, keyText, type Opinion, type ProposalKey } from '../../../storage/reviews/review.ts';
import { useReviews } from '../../../storage/reviews/useReviews.ts';
import { Button } from '../../../ui/Button.tsx';
import { Kbd } from '../../../ui/Kbd.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useShortcuts } from '../../../ui/useShortcuts.ts';
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx';
import styles from './JudgementPanel.module.css';
import { Busy, NoteField } from './NoteField.tsx';
import { OpinionChoice } from './OpinionChoice.tsx';
import { OtherJudgements } from './OtherJudgements.tsx';
import type { ReviewedProposal } from './reviewColumns.ts';
import { ReviewerName } from './ReviewerName.tsx';
import { ReviewFiles } from './ReviewFiles.tsx';
import { ReviewProgressBar } from './ReviewProgressBar.tsx';
import { reviewProgress } from './reviewState.ts';
import { opinionWords } from './words.ts';

export interface JudgementPanelProps {
  readonly proposal: ProposalKey;
  /** The stored verdict: what one agrees with. */
  readonly verdict: Verdict;
  /** The proposals that the progress counts. */
  readonly queue: readonly ProposalKey[];
  /** Before an opinion is kept, as that may take the proposal out of the list. */
  readonly onJudge?: () => void;
  /** Goes to the next proposal; undefined at the end of the queue. */
  readonly onNext: (() => void) | undefined;
  /** Proposals of the open files, for the costs in the CSV; asked for when it is written. */
  readonly proposals: () => readonly ReviewedProposal[];
}

/** What the reader thinks of one proposal. Keys: a, d, u judge, e writes the note, Enter goes on. */
export function JudgementPanel({
  proposal,
  verdict,
  queue,
  onJudge,
  onNext,
  proposals,
}: JudgementPanelProps) {
  const reviews = useReviews();
  const { book, reviewer, kept, isSaving, store } = reviews;
  const titleId = useId();
  const panel = useRef<HTMLElement>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  const text = keyText(proposal);
  const review = book.get(text);
  const mine = judgementBy(review, reviewer);
  const progress = reviewProgress(reviews, queue);
  const choose = (opinion: Opinion) => {
    onJudge?.();
    store.setOpinion(proposal, opinion);
  };
  const next = () => onNext?.();
  useShortcuts({
    a: () => choose('agree'),
    d: () => choose('disagree'),
    u: () => choose('unsure'),
    e: () => note.current?.focus(),
    Enter: next,
  });
  return (
    <aside ref={panel} tabIndex={-1} aria-labelledby={titleId} className={styles.panel}>
      <header className={styles.head}>
        <h2 id={titleId}>Your judgement</h2>
        <ReviewProgressBar {...progress} />
      </header>
      <div className={styles.body}>
        <OpinionChoice verdict={verdict} opinion={mine?.opinion} onChoose={choose} onEnter={next} />
        <NoteField
          key={`${reviewer} ${text}`}
          ref={note}
          note={mine?.note ?? ''}
          onChange={(words) => store.setNote(proposal, words)}
          onLeave={() => panel.current?.focus()}
          onDone={next}
        />
        <Button
          variant="primary"
          className={styles.done}
          aria-keyshortcuts="Enter"
          disabled={onNext === undefined}
          onClick={next}
        >
          {onNext === undefined
            ? 'End of the queue'
            : mine?.opinion === undefined
              ? 'Skip, next'
              : 'Done, next'}
          <span aria-hidden>
            <Kbd name="Enter" />
          </span>
        </Button>
        {mine !== undefined && (
          <Button variant="ghost" size="small" onClick={() => store.clear(proposal)}>
            Take back
          </Button>
        )}
        <OtherJudgements review={review} reviewer={reviewer} />
        <KeptWhere kept={kept} />
        <ReviewerName reviewer={reviewer} onChange={(name) => store.setReviewer(name)} />
        <ReviewFiles reviews={reviews} proposals={proposals} />
      </div>
      <VisuallyHidden role="status">
        {mine?.opinion === undefined
          ? ''
          : `Judged: ${opinionWords[mine.opinion]}. ${progress.reviewed} of ${progress.total} reviewed.`}
      </VisuallyHidden>
      {(kept === 'loading' || isSaving) && <Busy />}
    </aside>
  );
}

function KeptWhere({ kept }: { kept: 'loading' | 'browser' | 'memory' }) {
  if (kept === 'memory') {
    return (
      <Notice tone="warning" live>
        This browser refuses to keep judgements, as private windows and full disks do. They are gone when the
        page is closed: export them before.
      </Notice>
    );
  }
  return (
    <p className={styles.quiet}>
      Kept in this browser, never in the file. Export and merge with a colleague’s as JSON.
    </p>
  );
}
