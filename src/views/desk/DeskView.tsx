import { useState } from 'react';

import { useSessionState } from '../../data/SessionContext.tsx';
import type { OpenFile } from '../../data/session/state.ts';
import type { ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { Located } from '../shared/Located.tsx';
import { Desk } from './Desk.tsx';
import { ReadingProposals } from '../shared/proposals/ReadingProposals.tsx';
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
    <ReadingProposals error={error} pending={pending} unread={unread} onReadLarge={() => setReadLarge(true)}>
      <Desk rows={rows} spreadOf={spreadOf} contradictionsOf={contradictionsOf} experiment={undefined} />
    </ReadingProposals>
  );
}
