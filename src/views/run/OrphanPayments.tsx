import { useMemo } from 'react';

import { useAnswer } from '../../data/useAnswer.ts';
import { runOutline } from '../../queries/run/runOutline.ts';
import type { FileId, SimulationId } from '../../lib/ids.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { PaymentsCard } from './payments/PaymentsCard.tsx';

/** The payments of a run that stores neither a row of its own nor events: as stored, without their lives. */
export function OrphanPayments({ fileId, id }: { fileId: FileId; id: SimulationId }) {
  const scope = useMemo(() => ({ fileId, simulationId: id }), [fileId, id]);
  const outline = useAnswer(runOutline.about(scope));
  if (outline.error !== null)
    return <ErrorNotice error={outline.error} doing="reading the payments of the run" />;
  if (outline.data === undefined) return <ProgressBar doing="Reading the payments of the run" />;
  return <PaymentsCard scope={scope} agents={outline.data?.agents ?? []} onPayment={undefined} />;
}
