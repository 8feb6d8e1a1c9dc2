import type { OpenFile } from '../../data/session/state.ts';
import { useSessionState } from '../../data/SessionContext.tsx';
import { useAnswer } from '../../data/useAnswer.ts';
import { simulationId, type FileId, type SimulationId } from '../../lib/ids.ts';
import { runHolders } from '../../queries/findable.ts';
import { runList } from '../../queries/runList.ts';
import { runSummary } from '../../queries/runSummary.ts';
import { Alert, Notice } from '../../ui/Notice.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { inLinkOrder, isNamed } from '../shared/namedFile.ts';
import { useAddress } from '../shared/useAddress.ts';
import { useHolders } from '../shared/Located.tsx';
import { RunPage } from './RunPage.tsx';
import { runFields } from './fields.ts';
import { useMemo } from 'react';
import { runDays } from '../../queries/run/runSeries.ts';
import { formatCount } from '../../lib/format.ts';
import type { RunListRow } from '../../domain/answers/experiments.ts';
import { PageBody, PageHead } from '../shared/Page.tsx';
import { OneOrigin } from '../shared/ExportContexts.tsx';
import { RunDaysCard } from './RunDaysCard.tsx';
import { runOutline } from '../../queries/run/runOutline.ts';
import { PaymentsCard } from './payments/PaymentsCard.tsx';

/** One simulation run: what it is, its replay, and its headline figures recounted from its events. */
export function RunView({ simulationId: id }: { simulationId: string }) {
  const { search } = useAddress(runFields);
  const files = inLinkOrder(useSessionState().files, search.db);
  const chosen = files.filter((file) => isNamed(file, search.in));
  const searched = chosen.length > 0 ? chosen : files;
  const { holders, error } = useHolders(searched, (fileIds) =>
    runHolders.about({ fileIds, simulationId: simulationId(id) }),
  );
  const file = holders?.[0];
  if (error !== null) return <ErrorNotice error={error} doing="reading the run" />;
  if (holders === undefined) return <ProgressBar doing="Looking for the run" />;
  if (file === undefined) return <NoRun id={id} files={searched} />;
  return (
    <OneOrigin file={file} id={id}>
      <RunOfFile id={id} file={file} searched={searched} />
    </OneOrigin>
  );
}

interface RunOfFileProps {
  readonly id: string;
  readonly file: OpenFile;
  readonly searched: readonly OpenFile[];
}

function RunOfFile({ id, file, searched }: RunOfFileProps) {
  const { fileId } = file;
  const { data: summary, error } = useAnswer(runSummary.about({ fileId, simulationId: simulationId(id) }));
  if (error !== null) return <ErrorNotice error={error} doing="reading the run" />;
  if (summary === undefined) return <ProgressBar doing="Counting the events of the run" />;
  return summary === null ? (
    <RunWithoutEvents id={id} file={file} searched={searched} />
  ) : (
    <RunPage key={`${fileId} ${id}`} id={simulationId(id)} file={file} summary={summary} />
  );
}

/** No row and no event names it; payments may. */
function RunWithoutEvents({ id, file, searched }: RunOfFileProps) {
  const { data: runs, isPending } = useAnswer(runList.about({ fileId: file.fileId, withOrphans: true }));
  const run = runs?.find((candidate) => candidate.simulationId === id);
  if (run !== undefined) return <OrphanRun file={file} run={run} />;
  if (isPending) return <ProgressBar doing="Looking for payments of the run" />;
  return <NoRun id={id} files={searched} />;
}

function NoRun({ id, files }: { id: string; files: readonly OpenFile[] }) {
  return (
    <Alert
      code="not-found"
      inPlaceOfScreen
      title={`No open file holds the run ${id}`}
      why={`Looked in ${files.map((open) => open.name).join(', ')}.`}
      wayOut="Open the file it is in, or choose a run from an iteration’s page."
    />
  );
}

/** A run of which only days and payments are written: its process died, or is still running. */
function OrphanRun({ file, run }: { file: OpenFile; run: RunListRow }) {
  const { fileId } = file;
  const { simulationId } = run;
  const scope = useMemo(() => ({ fileId, simulationId }), [fileId, simulationId]);
  const days = useAnswer(runDays.about(scope)).data;
  return (
    <>
      <PageHead crumbs={[{ label: run.simulationId, mono: true }]} title="Run without a row of its own">
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

/** The payments of a run that stores neither a row of its own nor events: as stored, without their lives. */
function OrphanPayments({ fileId, id }: { fileId: FileId; id: SimulationId }) {
  const scope = useMemo(() => ({ fileId, simulationId: id }), [fileId, id]);
  const outline = useAnswer(runOutline.about(scope));
  if (outline.error !== null)
    return <ErrorNotice error={outline.error} doing="reading the payments of the run" />;
  if (outline.data === undefined) return <ProgressBar doing="Reading the payments of the run" />;
  return <PaymentsCard scope={scope} agents={outline.data?.agents ?? []} onPayment={undefined} />;
}
