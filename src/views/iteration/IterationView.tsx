import { useMemo } from 'react';
import type { OpenFile } from '../../data/session/state.ts';
import { useAnswer, useJoinedAnswers } from '../../data/useAnswer.ts';
import { noProposalRead, noProposalUnknown, noProposalWords } from '../../domain/experiment/verdict.ts';
import { experimentDetail } from '../../queries/experimentDetail.ts';
import { iterationDetail } from '../../queries/iterationDetail.ts';
import type { ExperimentSummary, LinkedRun } from '../../domain/experiment/normalised.ts';
import { Alert } from '../../ui/Notice.tsx';
import { Card } from '../../ui/Card.tsx';
import { LinkButton } from '../../ui/Button.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import type { AgentId } from '../../lib/ids.ts';
import { hrefTo } from '../../url/addresses.ts';
import { UnreadableExchange } from '../exchange/ExchangePanel.tsx';
import { ContradictionNotice, useContradictions, NotCheckedNotice } from '../shared/Contradictions.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { LastDay, LastDayNotice, useDayCosts } from '../shared/LastDay.tsx';
import { Located } from '../shared/Located.tsx';
import { useAddress } from '../shared/useAddress.ts';
import { PageBody } from '../shared/Page.tsx';
import { AgentSection } from './AgentSection.tsx';
import styles from './AgentSection.module.css';
import { IterationHead } from './IterationHead.tsx';
import { ProposalsGrid } from './ProposalsGrid.tsx';
import { iterationFields } from './fields.ts';
import type { AgentIteration, IterationDetail } from '../../domain/answers/experiments.ts';
import type { IterationScope } from '../../queries/scope.ts';
import { SearchField, Select } from '../../ui/TextField.tsx';
import { lastDayWords, type DayCosts } from '../../domain/days.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { wordsWidth } from '../shared/columnWidth.ts';
import { Money } from '../shared/Values.tsx';
import { linkMeanings } from '../shared/words.ts';

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
  const noProposalOf = useNoProposal(summary, scope, detail);
  const days = useDayCosts(file);
  const ofExperiment = days?.experiments.get(summary.experimentId);
  const here = ofExperiment?.iterations.get(k);
  const choose = (agent: AgentId) => patch({ agent });
  const all = detail?.agents ?? noAgents;
  const isMany = all.length > mostSections;
  const agents = useMemo(() => (isMany ? agentsLike(all, search.agents) : all), [all, isMany, search.agents]);
  if (error !== null) return <ErrorNotice error={error} doing={`reading iteration ${k}`} />;
  if (isPending) {
    return (
      <PageBody>
        <ProgressBar doing={`Reading iteration ${k}`} />
      </PageBody>
    );
  }
  if (detail === null) return <NoIteration summary={summary} k={String(k)} />;
  // One agent alone stands below the table where all of them would not stand beside each other.
  const isOne = agents.length > mostSections;
  return (
    <>
      <IterationHead file={file} summary={summary} detail={detail} lastDay={here?.total} />
      <PageBody>
        <ContradictionNotice found={ofIteration} />
        <NotCheckedNotice file={file} />
        <LastDayNotice days={ofExperiment} />
        <ProposalsGrid
          agents={agents}
          filter={
            isMany ? (
              <SearchField
                label="Agents by name"
                value={search.agents ?? ''}
                onChange={(words) => patch({ agents: words === '' ? undefined : words })}
              />
            ) : undefined
          }
          count={countWords(agents, all.length)}
          selectedAgent={search.agent}
          onChoose={isOne ? choose : undefined}
          days={here}
          contradictions={ofIteration}
          noProposalOf={noProposalOf}
        />
        {isOne ? (
          <ChosenAgent
            scope={scope}
            detail={detail}
            agents={agents}
            asked={search.agent}
            noProposalOf={noProposalOf}
            onChoose={choose}
          />
        ) : (
          <div className={styles.matrix}>
            {agents.map((agent) => (
              <AgentSection
                key={agent.agentId}
                scope={scope}
                agent={agent}
                agentIndex={all.indexOf(agent)}
                detail={detail}
                noProposal={noProposalOf(agent)}
                isAsked={agent.agentId === search.agent}
              />
            ))}
          </div>
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

const noAgents: readonly AgentIteration[] = [];

/** Agents whose name holds the words, in whatever case; all of them where none are given. */
function agentsLike(agents: readonly AgentIteration[], words: string | undefined): readonly AgentIteration[] {
  const like = words?.trim().toLowerCase() ?? '';
  return like === '' ? agents : agents.filter(({ agentId }) => agentId.toLowerCase().includes(like));
}

/** `9`, and of how many agents where a filter leaves some out. */
function countWords(agents: readonly AgentIteration[], all: number): string {
  const count = String(agents.filter((agent) => agent.proposal !== undefined).length);
  return agents.length === all ? count : `${count}, of ${agents.length} of ${all} agents`;
}

/**
 * What the file tells of an agent without a proposal. The whole experiment is read for it only where the loop may
 * have ended: in the last iteration.
 */
function useNoProposal(
  summary: ExperimentSummary,
  scope: IterationScope,
  detail: IterationDetail | null | undefined,
): (agent: AgentIteration) => string {
  const { fileId, experimentId, iteration } = scope;
  const mayHaveEnded =
    detail != null &&
    detail.nextIteration === undefined &&
    detail.unreadableExchanges.length === 0 &&
    detail.agents.every((agent) => agent.proposal === undefined && agent.unreadableExchanges.length === 0);
  const {
    data: [experiment],
  } = useJoinedAnswers(mayHaveEnded ? [experimentDetail.about({ fileId, experimentId })] : []);
  return useMemo(() => {
    const words = experiment == null ? noProposalRead : noProposalWords(experiment, summary)(iteration);
    return (agent) => (agent.unreadableExchanges.length > 0 ? noProposalUnknown : words);
  }, [experiment, summary, iteration]);
}

function NoIteration({ summary, k }: { summary: ExperimentSummary; k: string }) {
  const { search } = useAddress(iterationFields);
  return (
    <Alert
      code="not-found"
      inPlaceOfScreen
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

/** More agents than this are rows of the table alone: their columns would not stand beside each other. */
const mostSections = 8;

interface ChosenAgentProps {
  readonly scope: IterationScope;
  readonly detail: IterationDetail;
  /** Those to choose from. */
  readonly agents: readonly AgentIteration[];
  /** The agent in the address; the first one until there is one of them. */
  readonly asked: string | undefined;
  readonly noProposalOf: (agent: AgentIteration) => string;
  readonly onChoose: (agent: AgentId) => void;
}

/** One agent out of many, with a choice of the others. */
function ChosenAgent({ scope, detail, agents, asked, noProposalOf, onChoose }: ChosenAgentProps) {
  const found = agents.find(({ agentId }) => agentId === asked);
  const agent = found ?? agents[0];
  if (agent === undefined) return null;
  return (
    <AgentSection
      scope={scope}
      agent={agent}
      agentIndex={detail.agents.indexOf(agent)}
      detail={detail}
      noProposal={noProposalOf(agent)}
      isAsked={found !== undefined}
      choice={
        <Select
          label={`One of ${agents.length} agents`}
          value={agent.agentId}
          options={agents.map(({ agentId }) => ({ value: agentId, label: agentId }))}
          onChange={onChoose}
        />
      }
    />
  );
}

type Column = GridColumn<LinkedRun>;

const columnsOf = (days: DayCosts | undefined): readonly Column[] => [
  { id: 'run', header: 'Run', value: (run) => run.simulationId, link: true, width: 340 },
  { id: 'purpose', header: 'Purpose', value: (run) => run.purpose, width: 100 },
  {
    id: 'linked',
    header: 'Linked by',
    value: (run) => run.linkedBy,
    render: (run) => (
      <span title={linkMeanings[run.linkedBy]}>
        {run.linkedBy}: {linkMeanings[run.linkedBy]}
      </span>
    ),
    grow: true,
    width: 260,
  },
  {
    id: 'seed',
    header: 'Seed',
    value: (run) => run.seed,
    sortValue: (run) => (run.seed === undefined ? undefined : BigInt(run.seed)),
    align: 'end',
    width: 110,
  },
  { id: 'sample', header: 'Sample', value: (run) => run.sampleIndex, align: 'end', width: 76 },
  { id: 'arrivals', header: 'Arrivals', value: (run) => run.arrivals, align: 'end', width: 84 },
  { id: 'settlements', header: 'Settlements', value: (run) => run.settlements, align: 'end', width: 96 },
  {
    id: 'cost',
    header: 'Cost',
    value: (run) => run.totalCostCents,
    render: (run) => (
      <>
        <Money cents={run.totalCostCents} />
        <LastDay only={days?.runs.get(run.simulationId)} />
      </>
    ),
    align: 'end',
    width: wordsWidth(
      [...(days?.runs.values() ?? [])].map(lastDayWords),
      100,
      days?.runs.size === 0 ? 0 : 84,
    ),
  },
];

interface LinkedRunsGridProps {
  readonly runs: readonly LinkedRun[];
  readonly file: OpenFile;
  readonly days: DayCosts | undefined;
}

/** The stored simulations behind this iteration, and how each was matched to it. */
function LinkedRunsGrid({ runs, file, days }: LinkedRunsGridProps) {
  const columns = useMemo(() => columnsOf(days), [days]);
  const { search } = useAddress(iterationFields);
  const rows = useMemo(() => [...runs], [runs]);
  return (
    <Card title="Simulation runs" aside={String(runs.length)}>
      <DataGrid
        name="Simulation runs"
        columns={columns}
        rows={rows}
        rowKey={(run) => run.simulationId}
        rowHref={(run) =>
          hrefTo('/runs/$simulationId', search, { simulationId: run.simulationId, in: file.name })
        }
        emptyText="No simulation run of this iteration is recorded in this file."
      />
    </Card>
  );
}
