import { useMemo } from 'react';

import type { OpenFile } from '../../data/session/state.ts';
import { useAnswer } from '../../data/useAnswer.ts';
import { iterationDetail } from '../../queries/iterationDetail.ts';
import type { ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Card } from '../../ui/Card.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import type { AgentId } from '../../lib/ids.ts';
import { hrefTo } from '../../url/addresses.ts';
import { UnreadableExchange } from '../exchange/UnreadableExchange.tsx';
import { ContradictionNotice } from '../shared/ContradictionNotice.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { LastDayNotice } from '../shared/LastDay.tsx';
import { Located } from '../shared/Located.tsx';
import { useAddress } from '../shared/useAddress.ts';
import { NotCheckedNotice } from '../shared/NotCheckedNotice.tsx';
import { PageBody } from '../shared/PageBody.tsx';
import { useContradictions } from '../shared/useContradictions.ts';
import { useDayCosts } from '../shared/useDayCosts.ts';
import { AgentSection } from './AgentSection.tsx';
import { ChosenAgent, mostSections } from './ChosenAgent.tsx';
import { IterationHead } from './IterationHead.tsx';
import { LinkedRunsGrid } from './LinkedRunsGrid.tsx';
import { ProposalsGrid } from './ProposalsGrid.tsx';
import { iterationFields } from './fields.ts';

/** One iteration: policies in force, each proposal with its verdict, the exchange, the runs. */
export function IterationView({ experimentId, iteration }: { experimentId: string; iteration: string }) {
  const k = /^\d{1,9}$/.test(iteration) ? Number(iteration) : undefined;
  return (
    <Located id={experimentId}>
      {({ file, summary }) =>
        k === undefined ? (
          <NoIteration summary={summary} k={iteration} />
        ) : (
          <Iteration key={`${file.fileId} ${k}`} file={file} summary={summary} k={k} />
        )
      }
    </Located>
  );
}

function Iteration({ file, summary, k }: { file: OpenFile; summary: ExperimentSummary; k: number }) {
  const { search, patch } = useAddress(iterationFields);
  const scope = { fileId: file.fileId, experimentId: summary.experimentId, iteration: k };
  const { data: detail, error, isPending } = useAnswer(iterationDetail.about(scope));
  const contradictions = useContradictions(file, summary.experimentId);
  const ofIteration = useMemo(
    () => contradictions?.filter(({ subject }) => subject.iteration === k),
    [contradictions, k],
  );
  const days = useDayCosts(file);
  const ofExperiment = days?.experiments.get(summary.experimentId);
  const here = ofExperiment?.iterations.get(k);
  const choose = (agent: AgentId) => patch({ agent });
  if (error !== null) return <ErrorNotice error={error} doing={`reading iteration ${k}`} />;
  if (isPending) return <ProgressBar doing={`Reading iteration ${k}`} />;
  if (detail === null) return <NoIteration summary={summary} k={String(k)} />;
  const isMany = detail.agents.length > mostSections;
  return (
    <>
      <IterationHead file={file} summary={summary} detail={detail} lastDay={here?.total} />
      <PageBody>
        <ContradictionNotice found={ofIteration} />
        <NotCheckedNotice file={file} />
        <LastDayNotice days={ofExperiment} />
        <ProposalsGrid
          detail={detail}
          selectedAgent={search.agent}
          onChoose={isMany ? choose : undefined}
          days={here}
          contradictions={ofIteration}
        />
        {isMany ? (
          <ChosenAgent scope={scope} detail={detail} asked={search.agent} onChoose={choose} />
        ) : (
          detail.agents.map((agent, i) => (
            <AgentSection
              key={agent.agentId}
              scope={scope}
              agent={agent}
              agentIndex={i}
              detail={detail}
              isAsked={agent.agentId === search.agent}
            />
          ))
        )}
        {detail.unreadableExchanges.length > 0 && (
          <Card title="Exchanges that name no agent" padded>
            <UnreadableExchange texts={detail.unreadableExchanges} />
          </Card>
        )}
        <LinkedRunsGrid runs={detail.runs} file={file} days={days} />
      </PageBody>
    </>
  );
}

function NoIteration({ summary, k }: { summary: ExperimentSummary; k: string }) {
  const { search } = useAddress(iterationFields);
  return (
    <Alert
      code="not-found"
      title={`${summary.name} has no iteration ${k}`}
      why={`${summary.iterationCount} iterations are stored, counted from 0.`}
      wayOut="Choose one of them on the experiment’s page."
      actions={
        <LinkButton
          href={hrefTo('/experiments/$experimentId', search, { experimentId: summary.experimentId })}
        >
          The experiment
        </LinkButton>
      }
    />
  );
}
