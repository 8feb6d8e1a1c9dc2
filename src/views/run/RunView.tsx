import type { OpenFile } from '../../data/session/state.ts';
import { useSessionState } from '../../data/SessionContext.tsx';
import { useAnswer } from '../../data/useAnswer.ts';
import { simulationId } from '../../lib/ids.ts';
import { runHolders } from '../../queries/holders.ts';
import { runList } from '../../queries/runList.ts';
import { runSummary } from '../../queries/runSummary.ts';
import { Alert } from '../../ui/Alert.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { inLinkOrder, isNamed } from '../shared/namedFile.ts';
import { useAddress } from '../shared/useAddress.ts';
import { useHolders } from '../shared/useHolders.ts';
import { OrphanRun } from './OrphanRun.tsx';
import { RunPage } from './RunPage.tsx';
import { runFields } from './fields.ts';

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
  return <RunOfFile id={id} file={file} searched={searched} />;
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
      title={`No open file holds the run ${id}`}
      why={`Looked in ${files.map((open) => open.name).join(', ')}.`}
      wayOut="Open the file it is in, or choose a run from an iteration’s page."
    />
  );
}
