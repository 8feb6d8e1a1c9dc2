import { plural } from '../../../lib/format.ts';
import { useRef, useState } from 'react';
import {
  formatSideCar,
  largestSideCarBytes,
  parseSideCar,
  tooLarge,
} from '../../../storage/reviews/sideCar.ts';
import type { Reviews } from '../../../storage/reviews/useReviews.ts';
import { Button } from '../../../ui/Button.tsx';
import { toCsv } from '../../../ui/export/tableModel.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx';
import { saveFile } from '../../../ui/files.ts';
import styles from './JudgementPanel.module.css';
import { reviewColumns, reviewRows, type ReviewedProposal } from './judgements.ts';
import { useOpenFiles } from '../../../data/SessionContext.tsx';
import { useAsk } from '../../../data/useAnswer.ts';
import { openProposals, mergeWords, refusedWords } from '../../shared/reviewFiles.ts';
import type { ReviewsByProposal } from '../../../storage/reviews/review.ts';
import { Dialog } from '../../../ui/Dialog.tsx';

interface ReviewFilesProps {
  readonly reviews: Reviews;
  /** Proposals of the open files, for the costs in the CSV; asked for when it is written. */
  readonly proposals: () => readonly ReviewedProposal[];
}

interface Outcome {
  readonly ok: boolean;
  readonly words: string;
}

/** Takes reviews out of this browser and colleagues' reviews in. */
export function ReviewFiles({ reviews, proposals }: ReviewFilesProps) {
  const { byProposal, store } = reviews;
  const files = useOpenFiles();
  const ask = useAsk();
  const input = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<Outcome>();
  const [forgetting, setForgetting] = useState(false);

  const read = async (file: File) => {
    const parsed =
      file.size > largestSideCarBytes
        ? ({ ok: false, error: tooLarge } as const)
        : parseSideCar(await file.text());
    if (!parsed.ok) {
      setOutcome({ ok: false, words: parsed.error });
      return;
    }
    const { byProposal: added, refused } = parsed.value;
    const summary = store.merge(added, await openProposals(added, files, ask));
    setOutcome({
      ok: refused.length === 0,
      words: [mergeWords(summary), ...refusedWords(parsed.value)].join(' '),
    });
  };
  const isEmpty = byProposal.size === 0;
  return (
    <div className={styles.files}>
      <div className={styles.buttons}>
        <Button
          size="small"
          disabled={isEmpty}
          title="All judgements, to merge with a colleague’s"
          onClick={() => saveFile('reviews.json', 'application/json', formatSideCar(byProposal, new Date()))}
        >
          Export JSON
        </Button>
        <Button
          size="small"
          disabled={isEmpty}
          title="One row per judgement; money as integer cents"
          onClick={() => {
            const csv = toCsv(reviewColumns, reviewRows(byProposal, proposals()));
            saveFile('reviews.csv', 'text/csv;charset=utf-8', csv);
          }}
        >
          Export CSV
        </Button>
        <Button size="small" onClick={() => input.current?.click()}>
          Import JSON
        </Button>
        <Button variant="ghost" size="small" disabled={isEmpty} onClick={() => setForgetting(true)}>
          Delete all reviews
        </Button>
      </div>
      <VisuallyHidden>
        <input
          ref={input}
          type="file"
          tabIndex={-1}
          aria-label="Import reviews"
          accept=".json,application/json"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            // The same file may be chosen again.
            event.target.value = '';
            if (file !== undefined) {
              read(file).catch(() =>
                setOutcome({ ok: false, words: 'The browser could not read this file. Choose it again.' }),
              );
            }
          }}
        />
      </VisuallyHidden>
      {outcome !== undefined && (
        <Notice live tone={outcome.ok ? 'info' : 'warning'}>
          {outcome.words}
        </Notice>
      )}
      <ForgetDialog
        open={forgetting}
        byProposal={byProposal}
        onClose={() => setForgetting(false)}
        onForget={() => {
          store.clearAll();
          setForgetting(false);
          setOutcome(undefined);
        }}
      />
    </div>
  );
}

interface ForgetDialogProps {
  readonly open: boolean;
  readonly byProposal: ReviewsByProposal;
  readonly onClose: () => void;
  readonly onForget: () => void;
}

/** Asks before every judgement of this browser is gone. */
function ForgetDialog({ open, byProposal, onClose, onForget }: ForgetDialogProps) {
  const judgements = [...byProposal.values()].flatMap((review) => review.judgements);
  const reviewers = new Set(judgements.map(({ reviewer }) => reviewer)).size;
  return (
    <Dialog
      role="alertdialog"
      title="Delete all reviews"
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep them</Button>
          <Button variant="primary" onClick={onForget}>
            Delete all reviews
          </Button>
        </>
      }
    >
      <p>
        {plural(judgements.length, 'judgement')} of {plural(reviewers, 'reviewer')} will be gone from this
        browser, those of other experiments too. Only an export brings them back. The databases are not
        touched.
      </p>
    </Dialog>
  );
}
