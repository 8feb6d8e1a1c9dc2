import { useMemo } from 'react';

import type { OpenFile } from '../../data/session/state.ts';
import { useAnswer } from '../../data/useAnswer.ts';
import { runDays } from '../../queries/run/runDays.ts';
import { formatCount } from '../../lib/format.ts';
import type { RunListRow } from '../../domain/answers/experiments.ts';
import { Breadcrumbs } from '../../ui/Breadcrumbs.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { PageBody } from '../shared/PageBody.tsx';
import { PageHead } from '../shared/PageHead.tsx';
import { useAddress } from '../shared/useAddress.ts';
import { RunDaysCard } from './RunDaysCard.tsx';
import { OrphanPayments } from './OrphanPayments.tsx';
import { runFields } from './fields.ts';

/** A run of which only days and payments are written: its process died, or is still running. */
export function OrphanRun({ file, run }: { file: OpenFile; run: RunListRow }) {
  const { search } = useAddress(runFields);
  const { fileId } = file;
  const { simulationId } = run;
  const scope = useMemo(() => ({ fileId, simulationId }), [fileId, simulationId]);
  const days = useAnswer(runDays.about(scope)).data;
  return (
    <>
      <PageHead
        crumbs={
          <Breadcrumbs
            crumbs={[
              { label: 'Experiments', href: hrefTo('/experiments', search) },
              { label: run.simulationId, mono: true },
            ]}
          />
        }
        title={run.simulationId}
      >
        {run.arrivals !== undefined && (
          <span>
            payments stored <b>{formatCount(run.arrivals)}</b>
          </span>
        )}
        {run.settlements !== undefined && (
          <span>
            of them settled <b>{formatCount(run.settlements)}</b>
            {days?.settledLater === false && ' by the evening of the day on which they arrived'}
          </span>
        )}
        {run.dayCount !== undefined && (
          <span>
            days with payments <b>{formatCount(run.dayCount)}</b>
          </span>
        )}
        <span>
          file <b>{file.name}</b>
        </span>
      </PageHead>
      <PageBody>
        <Notice tone="warning">
          No row of the run itself and no events are stored: its process is still running, or it died. There
          is no seed to show and nothing to replay, only the days and the payments that it had stored until
          then.
        </Notice>
        <RunDaysCard scope={scope} />
        <OrphanPayments fileId={file.fileId} id={run.simulationId} />
      </PageBody>
    </>
  );
}
