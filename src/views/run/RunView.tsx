import { questions } from '../../data/questions.ts';
import { runQuestions } from '../../data/runQuestions.ts';
import type { OpenFile } from '../../data/session/state.ts';
import { useSessionState } from '../../data/SessionContext.tsx';
import { useAnswers } from '../../data/useAnswer.ts';
import { simulationId } from '../../lib/ids.ts';
import { Alert } from '../../ui/Alert.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { inLinkOrder, isNamed } from '../shared/namedFile.ts';
import { useAddress } from '../shared/useAddress.ts';
import { useTitle } from '../shared/useTitle.ts';
import { OrphanRun } from './OrphanRun.tsx';
import { RunPage } from './RunPage.tsx';

/** One simulation run: what it is, its replay, and its headline figures recounted from its events. */
export function RunView({ id }: { id: string }) {
  useTitle(`Run ${id}`);
  const { search } = useAddress();
  const files = inLinkOrder(useSessionState().files, search.db);
  const chosen = files.filter((file) => isNamed(file, search.in));
  const searched = chosen.length > 0 ? chosen : files;
  const answers = useAnswers(
    searched.map((file) => runQuestions.runSummary({ fileId: file.fileId, simulationId: simulationId(id) })),
  );
  const at = answers.findIndex((answer) => answer.data != null);
  const file = searched[at];
  const summary = answers[at]?.data;
  if (file !== undefined && summary != null)
    return <RunPage key={`${file.fileId} ${id}`} id={simulationId(id)} file={file} summary={summary} />;
  if (answers.some((answer) => answer.isPending))
    return <ProgressBar doing="Counting the events of the run" />;
  const error = answers.find((answer) => answer.error !== null)?.error;
  if (error != null) return <ErrorNotice error={error} doing="reading the run" />;
  return <RunWithoutEvents id={id} files={searched} />;
}

/** No row and no event names it; payments may. */
function RunWithoutEvents({ id, files }: { id: string; files: readonly OpenFile[] }) {
  const lists = useAnswers(files.map((file) => questions.runList(file.fileId, true)));
  const at = lists.findIndex((list) => list.data?.some((run) => run.simulationId === id) === true);
  const file = files[at];
  const run = lists[at]?.data?.find((candidate) => candidate.simulationId === id);
  if (file !== undefined && run !== undefined) return <OrphanRun file={file} run={run} />;
  if (lists.some((list) => list.isPending)) return <ProgressBar doing="Looking for payments of the run" />;
  return (
    <Alert
      code="not-found"
      title={`No open file holds the run ${id}`}
      why={`Looked in ${files.map((open) => open.name).join(', ')}.`}
      wayOut="Open the file it is in, or choose a run from an iteration’s page."
    />
  );
}
