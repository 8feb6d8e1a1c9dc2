import { useState } from 'react';

import { useSessionState } from '../../data/SessionContext.tsx';
import type { OpenFile } from '../../data/session/state.ts';
import { formatBytes } from '../../lib/format.ts';
import type { ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { Located } from '../shared/Located.tsx';
import { Desk } from './Desk.tsx';
import { useDesk } from '../shared/proposals/useDesk.ts';

/** The rejection desk of one experiment. */
export function ExperimentDeskView({ experimentId }: { experimentId: string }) {
  return (
    <Located id={experimentId}>
      {({ file, summary }) => <ExperimentDesk key={file.fileId} file={file} summary={summary} />}
    </Located>
  );
}

function ExperimentDesk({ file, summary }: { file: OpenFile; summary: ExperimentSummary }) {
  const { rows, spreadOf, contradictionsOf, pending, error } = useDesk({ kind: 'experiment', file, summary });
  if (error !== undefined) return <ErrorNotice error={error} doing="reading the proposals" />;
  if (pending) return <ProgressBar doing="Reading proposals" />;
  return (
    <Desk
      rows={rows}
      spreadOf={spreadOf}
      contradictionsOf={contradictionsOf}
      experiment={{ file, summary }}
    />
  );
}

/** The rejection desk over everything that is open. */
export function DeskView() {
  const { files } = useSessionState();
  const [readLarge, setReadLarge] = useState(false);
  const { rows, spreadOf, contradictionsOf, pending, error, unread } = useDesk({
    kind: 'files',
    files,
    readLarge,
  });
  return (
    <>
      {error !== undefined && <ErrorNotice error={error} doing="reading the proposals" />}
      {unread.length > 0 && (
        <Notice
          actions={
            <Button size="small" onClick={() => setReadLarge(true)}>
              Read their proposals
            </Button>
          }
        >
          Not read yet, as that takes every exchange: {unread.map(sizedName).join(', ')}.
        </Notice>
      )}
      {pending ? (
        <ProgressBar doing="Reading proposals" />
      ) : (
        <Desk rows={rows} spreadOf={spreadOf} contradictionsOf={contradictionsOf} experiment={undefined} />
      )}
    </>
  );
}

function sizedName({ name, sizeBytes }: OpenFile): string {
  return sizeBytes === undefined ? name : `${name} (${formatBytes(sizeBytes)})`;
}
