import type { ReactNode } from 'react';

import type { OpenFile } from '../../../data/session/state.ts';
import { formatBytes } from '../../../lib/format.ts';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../ErrorNotice.tsx';

interface ReadingProposalsProps {
  readonly error: Error | undefined;
  readonly pending: boolean;
  /** Large files, read by a button alone. */
  readonly unread: readonly OpenFile[];
  readonly onReadLarge: () => void;
  /** What is drawn of the proposals once they are read. */
  readonly children: ReactNode;
}

/** How far the proposals of all open files are read, and what was not read; then the proposals. */
export function ReadingProposals({ error, pending, unread, onReadLarge, children }: ReadingProposalsProps) {
  return (
    <>
      {error !== undefined && <ErrorNotice error={error} doing="reading the proposals" />}
      {unread.length > 0 && (
        <Notice
          actions={
            <Button size="small" onClick={onReadLarge}>
              Read their proposals
            </Button>
          }
        >
          Not read yet, as that takes every exchange: {unread.map(sizedName).join(', ')}.
        </Notice>
      )}
      {pending ? <ProgressBar doing="Reading proposals" /> : children}
    </>
  );
}

function sizedName({ name, sizeBytes }: OpenFile): string {
  return sizeBytes === undefined ? name : `${name} (${formatBytes(sizeBytes)})`;
}
