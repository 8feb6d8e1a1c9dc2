import { useMemo } from 'react';

import type { OpenFile } from '../../data/session/state.ts';
import { useAnswer } from '../../data/useAnswer.ts';
import { runOutline } from '../../queries/run/runOutline.ts';
import type { RunSummary } from '../../domain/answers/experiments.ts';
import type { SimulationId } from '../../lib/ids.ts';
import { Notice } from '../../ui/Notice.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { ContradictionNotice } from '../shared/ContradictionNotice.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { PageBody } from '../shared/PageBody.tsx';
import { UnreadableNotice } from '../shared/UnreadableNotice.tsx';
import { useContradictions } from '../shared/useContradictions.ts';
import { RunReplay } from './replay/RunReplay.tsx';
import { dayStartsOf } from './replay/tickWords.ts';
import { ResimulationCard } from './resimulation/ResimulationCard.tsx';
import { RunAgents } from './RunAgents.tsx';
import { RunSettlements } from './RunSettlements.tsx';
import { RunDaysCard } from './RunDaysCard.tsx';
import { RunHead } from './RunHead.tsx';
import { TwinsCard } from './twins/TwinsCard.tsx';
import { useRunFamily } from './useRunFamily.ts';

interface RunPageProps {
  readonly id: SimulationId;
  readonly file: OpenFile;
  readonly summary: RunSummary;
}

/** A run that a file holds: its head at once, its replay when its events are read. */
export function RunPage({ id, file, summary }: RunPageProps) {
  const { fileId } = file;
  const scope = useMemo(() => ({ fileId, simulationId: id }), [fileId, id]);
  const family = useRunFamily(fileId, summary.run?.experimentId, id);
  const outline = useAnswer(runOutline.about(scope));
  const agents = outline.data?.agents;
  const contradictions = useContradictions(file, summary.run?.experimentId);
  // An agent has one colour on every page of its experiment.
  const order = useMemo(
    () => [...new Set([...family.agents, ...(agents ?? [])])].filter((agent) => agents?.includes(agent)),
    [family.agents, agents],
  );
  return (
    <>
      <RunHead id={id} file={file} summary={summary} family={family} />
      <PageBody>
        <UnreadableNotice file={file} simulationId={id} />
        <ContradictionNotice found={contradictions?.filter(({ subject }) => subject.simulationId === id)} />
        {outline.isPending && <ProgressBar doing="Reading the events of the run" />}
        {outline.error !== null && (
          <ErrorNotice error={outline.error} doing="reading the events of the run" />
        )}
        {outline.data != null &&
          (order.length > 0 && outline.data.tickCount > 0 ? (
            <RunReplay scope={scope} outline={outline.data} order={order} />
          ) : (
            <Notice>
              This run stores no events and no state of any tick: there is nothing to replay. Its counts and
              costs are those of its own row.
            </Notice>
          ))}
        {summary.eventCount === 0 && <RunDaysCard scope={scope} />}
        {outline.data != null && (
          <TwinsCard
            id={id}
            file={file}
            run={summary.run}
            family={family}
            dayStarts={dayStartsOf(outline.data.tickCount, outline.data.ticksPerDay)}
          />
        )}
        <RunAgents summary={summary} />
        {summary.eventCount > 0 && <RunSettlements summary={summary} />}
        <ResimulationCard key={id} file={file} simulationId={id} experimentId={summary.run?.experimentId} />
      </PageBody>
    </>
  );
}
