import type { ReviewBook } from '../../../storage/reviews/review.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';

interface ForgetDialogProps {
  readonly open: boolean;
  readonly book: ReviewBook;
  readonly onClose: () => void;
  readonly onForget: () => void;
}

/** Asks before every judgement of this browser is gone. */
export function ForgetDialog({ open, book, onClose, onForget }: ForgetDialogProps) {
  const judgements = [...book.values()].flatMap((review) => review.judgements);
  const reviewers = new Set(judgements.map(({ reviewer }) => reviewer)).size;
  return (
    <Dialog
      role="alertdialog"
      title="Forget all judgements"
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep them</Button>
          <Button variant="primary" onClick={onForget}>
            Forget all
          </Button>
        </>
      }
    >
      <p>
        {judgements.length === 1 ? 'One judgement' : `${judgements.length} judgements`} of{' '}
        {reviewers === 1 ? 'one reviewer' : `${reviewers} reviewers`} will be gone from this browser, those of
        other experiments too. Only an export brings them back. The databases are not touched.
      </p>
    </Dialog>
  );
}
