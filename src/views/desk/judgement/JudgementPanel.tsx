import { useId, useRef, useState } from 'react';
import type { Verdict } from '../../../domain/experiment/verdict.ts';
import {
  isUnnamed,
  judgementBy,
  keyText,
  longestName,
  opinions,
  type Opinion,
  type ProposalKey,
} from '../../../storage/reviews/review.ts';
import type { UnreadableRecord } from '../../../storage/reviews/reviewDatabase.ts';
import { useReviews } from '../../../storage/reviews/useReviews.ts';
import { plural } from '../../../lib/format.ts';
import { Button } from '../../../ui/Button.tsx';
import { saveFile } from '../../../ui/files.ts';
import { Kbd } from '../../../ui/Kbd.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useShortcuts } from '../../../ui/useShortcuts.ts';
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx';
import styles from './JudgementPanel.module.css';
import { Busy } from '../../../data/SessionContext.tsx';
import { NoteField, OtherJudgements } from './Notes.tsx';
import { ReviewFiles } from './ReviewFiles.tsx';
import {
  reviewProgress,
  type ReviewProgress,
  type ReviewedProposal,
  choiceWords,
  opinionKeys,
  opinionWords,
} from './judgements.ts';
import { TextField } from '../../../ui/TextField.tsx';

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
  const { byProposal, reviewer, kept, isSaving, unreadable, store } = reviews;
  const titleId = useId();
  const panel = useRef<HTMLElement>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  const text = keyText(proposal);
  const review = byProposal.get(text);
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
    w: () => note.current?.focus(),
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
          variant={mine?.opinion === undefined ? undefined : 'primary'}
          className={styles.done}
          aria-keyshortcuts="Enter"
          disabled={onNext === undefined}
          onClick={next}
        >
          {onNext === undefined ? 'End of the list' : mine?.opinion === undefined ? 'Skip' : 'Save and next'}
          <span aria-hidden>
            <Kbd name="Enter" />
          </span>
        </Button>
        {mine !== undefined && (
          <Button variant="ghost" size="small" onClick={() => store.clear(proposal)}>
            Undo
          </Button>
        )}
        <OtherJudgements review={review} reviewer={reviewer} />
        <KeptWhere kept={kept} />
        <UnreadableReviews records={unreadable} />
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

/** Stored judgements that this version cannot read: they stay as they are, and leave as they are. */
function UnreadableReviews({ records }: { records: readonly UnreadableRecord[] }) {
  if (records.length === 0) return null;
  const download = () =>
    saveFile('unreadable-judgements.json', 'application/json', `${JSON.stringify(records, undefined, 2)}\n`);
  return (
    <Notice
      tone="warning"
      live
      code="unreadable-judgements"
      actions={
        <Button size="small" onClick={download}>
          Download {records.length === 1 ? 'it' : 'them'} as stored
        </Button>
      }
    >
      {plural(records.length, 'stored judgement')} could not be read: damaged, or written by another version.
      Nothing of {records.length === 1 ? 'it' : 'them'} was deleted.
    </Notice>
  );
}

/** How far the review is, in words and as a bar. */
function ReviewProgressBar({ reviewed, total }: ReviewProgress) {
  const words = `${reviewed} of ${total} reviewed`;
  return (
    <>
      <p className={styles.progressWords}>{words}</p>
      <div
        role="progressbar"
        aria-label="Reviewed"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={reviewed}
        aria-valuetext={words}
        className={styles.track}
      >
        <span className={styles.bar} style={{ transform: `scaleX(${total === 0 ? 0 : reviewed / total})` }} />
      </div>
    </>
  );
}

interface OpinionChoiceProps {
  readonly verdict: Verdict;
  readonly opinion: Opinion | undefined;
  readonly onChoose: (opinion: Opinion) => void;
  readonly onEnter: () => void;
}

/** Three choices, one below the other; native radio buttons. */
function OpinionChoice({ verdict, opinion, onChoose, onEnter }: OpinionChoiceProps) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label="Your judgement" className={styles.choices}>
      {opinions.map((choice) => (
        <label key={choice} className={styles.choice}>
          <input
            type="radio"
            className={styles.radio}
            name={name}
            checked={choice === opinion}
            aria-keyshortcuts={opinionKeys[choice]}
            onChange={() => onChoose(choice)}
            onKeyDown={(event) => {
              // A radio button does nothing on Enter, and the screen's keys leave it alone.
              if (event.key === 'Enter') onEnter();
            }}
          />
          <span className={styles.words}>
            {choiceWords(choice, verdict)}
            <span aria-hidden>
              <Kbd name={opinionKeys[choice]} />
            </span>
          </span>
        </label>
      ))}
    </div>
  );
}

interface ReviewerNameProps {
  readonly reviewer: string;
  readonly onChange: (name: string) => void;
}

/** Under whose name one judges; asked for nowhere else. */
function ReviewerName({ reviewer, onChange }: ReviewerNameProps) {
  const unnamed = isUnnamed(reviewer);
  const [name, setName] = useState<string>();
  if (name === undefined) {
    return (
      <p className={styles.by}>
        <span>
          {unnamed ? (
            'Reviewing anonymously.'
          ) : (
            <>
              Reviewing as <bdi>{reviewer}</bdi>.
            </>
          )}
        </span>
        <Button variant="ghost" size="small" onClick={() => setName(unnamed ? '' : reviewer)}>
          {unnamed ? 'Add your name' : 'Change name'}
        </Button>
      </p>
    );
  }
  const keep = () => {
    onChange(name.slice(0, longestName));
    setName(undefined);
  };
  return (
    <div className={styles.name}>
      <TextField
        label="Your name"
        value={name}
        onChange={setName}
        onEnter={keep}
        note="Optional. It tells reviewers apart when reviews are merged. What you judged anonymously moves to it."
      />
      <div className={styles.buttons}>
        <Button size="small" onClick={keep}>
          Keep name
        </Button>
        <Button variant="ghost" size="small" onClick={() => setName(undefined)}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
