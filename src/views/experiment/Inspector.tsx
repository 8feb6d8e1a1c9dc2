import { plainStoredReason } from '../../domain/acceptance/reasons.ts';
import type { OpenFile } from '../../data/session/state.ts';
import { useAnswer } from '../../data/useAnswer.ts';
import { lastDayWords, type LastDayOnly, type ExperimentDays } from '../../domain/days.ts';
import { iterationDetail } from '../../queries/iterationDetail.ts';
import type { ExperimentScope } from '../../queries/scope.ts';
import { noProposalWords } from '../../domain/experiment/verdict.ts';
import type { AgentIteration } from '../../domain/answers/experiments.ts';
import type {
  ExperimentDetail,
  ExperimentSummary,
  IterationRow,
  Proposal,
  Sample,
} from '../../domain/experiment/normalised.ts';
import { formatCount } from '../../lib/format.ts';
import type { AgentId } from '../../lib/ids.ts';
import { manyAgents, agentStyle } from '../../charts/shape/agentStyle.ts';
import { Card } from '../../ui/Card.tsx';
import { IconButton, LinkButton } from '../../ui/Button.tsx';
import ArrowLeft from 'lucide-react/icons/arrow-left';
import ArrowRight from 'lucide-react/icons/arrow-right';
import { FactList } from '../../ui/FactList.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { Money, Missing } from '../shared/Values.tsx';
import { shortRunName, linkMeanings, lostSamples } from '../shared/words.ts';
import { useAddress } from '../shared/useAddress.ts';
import styles from './Inspector.module.css';
import { totalMissing } from './iterationTableRows.ts';
import type { ExperimentFigureSettings } from './FigureCard.tsx';
import { experimentFields } from './fields.ts';
import { useMemo, type CSSProperties } from 'react';
import { formatParameter, parameterLabel } from '../../charts/shape/figurePanels.ts';
import { SamplesStrip } from '../../charts/SamplesStrip.tsx';
import { storedAs } from '../../domain/unreadable.ts';
import { verdictDetail } from '../shared/proposals/proposalWords.ts';
import { VerdictMark } from '../shared/Marks.tsx';
import inspectedAgentStyles from './InspectedAgent.module.css';

interface InspectorProps {
  readonly scope: ExperimentScope;
  readonly summary: ExperimentSummary;
  readonly detail: ExperimentDetail;
  readonly settings: ExperimentFigureSettings;
  readonly file: OpenFile;
  readonly days: ExperimentDays | undefined;
}

/** The selected iteration beside the figure. */
export function Inspector(props: InspectorProps) {
  const { iteration } = props.settings;
  if (iteration === undefined) {
    return (
      <Card as="aside" title="Iteration" padded>
        <p>No iteration is stored.</p>
      </Card>
    );
  }
  return <Inspected {...props} iteration={iteration} />;
}

type InspectedProps = InspectorProps & { readonly iteration: number };

function Inspected({ scope, summary, detail, settings, file, days, iteration }: InspectedProps) {
  const noProposal = useMemo(() => noProposalWords(detail, summary), [detail, summary])(iteration);
  const only = days?.iterations.get(iteration);
  const { search } = useAddress(experimentFields);
  const at = detail.iterations.findIndex((row) => row.iteration === iteration);
  const proposals = detail.proposals.filter((proposal) => proposal.iteration === iteration);
  // Samples are all that the experiment does not hold.
  const sampled = proposals.some((proposal) => (proposal.sampleCount ?? 0) > 1);
  const withSamples = useAnswer({ ...iterationDetail.about({ ...scope, iteration }), enabled: sampled });
  const row = detail.iterations[at];
  const run = detail.runs.find((candidate) => candidate.iteration === iteration);
  const select = (index: number) => settings.set({ iteration: detail.iterations[index]?.iteration });
  return (
    <Card
      as="aside"
      title={`Iteration ${iteration}`}
      padded
      actions={
        <>
          <IconButton
            label="Previous iteration"
            icon={<ArrowLeft size={14} aria-hidden />}
            disabled={at <= 0}
            onClick={() => select(at - 1)}
          />
          <IconButton
            label="Next iteration"
            icon={<ArrowRight size={14} aria-hidden />}
            disabled={at >= detail.iterations.length - 1}
            onClick={() => select(at + 1)}
          />
          <LinkButton
            variant="ghost"
            size="small"
            href={hrefTo('/experiments/$experimentId/iterations/$iteration', search, {
              experimentId: scope.experimentId,
              iteration,
            })}
          >
            Open
          </LinkButton>
        </>
      }
    >
      {withSamples.error !== null && (
        <ErrorNotice error={withSamples.error} doing={`reading iteration ${iteration}`} />
      )}
      <div className={styles.agents}>
        {inspected(detail.agents, settings.agentId).map((agent) => (
          <InspectedAgent
            key={agent}
            agentId={agent}
            agentIndex={detail.agents.indexOf(agent)}
            parameter={settings.parameter}
            noProposal={noProposal}
            row={row}
            lastDay={only?.agents.get(agent)}
            proposal={proposals.find((candidate) => candidate.agentId === agent)}
            deskHref={hrefTo('/experiments/$experimentId/proposals', search, {
              experimentId: scope.experimentId,
              iteration,
              agent,
              show: 'all',
            })}
            {...samplesOf(withSamples.data?.agents.find((candidate) => candidate.agentId === agent))}
          />
        ))}
        {detail.agents.length > manyAgents && (
          <p>
            {formatCount(manyAgents)} of {formatCount(detail.agents.length)} agents; Open has them all.
          </p>
        )}
      </div>
      <FactList
        facts={[
          {
            label: 'total in this iteration',
            value: (
              <Money
                cents={row?.totalCents}
                missing={row === undefined ? 'not recorded' : totalMissing(row)}
              />
            ),
            ...(only?.total === undefined ? {} : { note: lastDayWords(only.total) }),
          },
          {
            label: 'linked run',
            value:
              run === undefined ? (
                'none recorded'
              ) : (
                <a
                  className={styles.run}
                  href={hrefTo('/runs/$simulationId', search, {
                    simulationId: run.simulationId,
                    in: file.name,
                  })}
                >
                  {shortRunName(run)}
                </a>
              ),
          },
          ...(run === undefined
            ? []
            : [{ label: 'linked by', value: run.linkedBy, note: linkMeanings[run.linkedBy] }]),
        ]}
      />
    </Card>
  );
}

/** All agents, or of very many as many as one looks through, with the selected one. */
function inspected(agents: readonly AgentId[], selected: AgentId | undefined): readonly AgentId[] {
  if (agents.length <= manyAgents) return agents;
  const at = selected === undefined ? 0 : Math.max(0, agents.indexOf(selected));
  const from = Math.min(at, agents.length - manyAgents);
  return agents.slice(at < manyAgents ? 0 : from).slice(0, manyAgents);
}

function samplesOf(agent: AgentIteration | undefined) {
  return { samples: agent?.samples ?? [], unreadableSamples: agent?.unreadableSamples.length ?? 0 };
}

interface InspectedAgentProps {
  readonly agentId: AgentId;
  readonly agentIndex: number;
  readonly parameter: string | undefined;
  readonly row: IterationRow | undefined;
  /** Where its cost is that of the last day alone. */
  readonly lastDay: LastDayOnly | undefined;
  readonly proposal: Proposal | undefined;
  readonly noProposal: string;
  readonly samples: readonly Sample[];
  /** Stored samples that cannot be read. */
  readonly unreadableSamples: number;
  /** This proposal on the rejection desk. */
  readonly deskHref: string;
}

function newCostMissing({ unreadable }: Proposal): string {
  const stored = unreadable?.get('newCostCents');
  if (stored === undefined) return 'The cost of this proposal is not recorded in this file.';
  return `The cost of this proposal is ${storedAs(stored, 'cents')}.`;
}

/** One agent in the selected iteration: what was proposed, what it would have cost, what became of it. */
function InspectedAgent(props: InspectedAgentProps) {
  const { agentId, agentIndex, parameter, row, lastDay, proposal, samples, unreadableSamples, deskHref } =
    props;
  const color: CSSProperties = { borderLeftColor: agentStyle(agentIndex).color };
  const now = parameter === undefined ? undefined : row?.parameters.get(agentId)?.get(parameter);
  const asked = parameter === undefined ? undefined : proposal?.parameters.get(parameter);
  return (
    <section className={inspectedAgentStyles.agent} style={color} aria-label={agentId}>
      <div className={inspectedAgentStyles.line}>
        <b>{agentId}</b>
        {proposal === undefined ? (
          <Missing why={props.noProposal} />
        ) : (
          <VerdictMark verdict={proposal.verdict} detail={verdictDetail(proposal)} />
        )}
      </div>
      {parameter !== undefined && now !== undefined && (
        <div className={inspectedAgentStyles.line}>
          <span className={inspectedAgentStyles.dim}>{parameterLabel(parameter).toLowerCase()}</span>
          <span>
            {formatParameter(parameter, now)}
            {asked !== undefined && (
              <>
                {' → '}
                <b>{formatParameter(parameter, asked)}</b>
              </>
            )}
          </span>
        </div>
      )}
      <div className={inspectedAgentStyles.line}>
        <span className={inspectedAgentStyles.dim}>
          {samples.length > 1 ? 'mean cost' : proposal?.oldCostCents === undefined ? 'cost in force' : 'cost'}
        </span>
        <span>
          <Money
            cents={proposal?.oldCostCents ?? row?.costsCents.get(agentId)}
            stored={proposal?.unreadable?.get('oldCostCents') ?? row?.unreadableCosts.get(agentId)}
          />
          {proposal?.newCostCents !== undefined && (
            <>
              {' → '}
              <b>
                <Money cents={proposal.newCostCents} />
              </b>
            </>
          )}
        </span>
      </div>
      {lastDay !== undefined && (
        <p className={inspectedAgentStyles.reason}>Cost in this iteration: {lastDayWords(lastDay)}.</p>
      )}
      {samples.length > 1 && <SamplesStrip name={`Savings of ${agentId}`} samples={samples} />}
      {unreadableSamples > 0 && (
        <p className={inspectedAgentStyles.reason}>{lostSamples(samples.length, unreadableSamples)}.</p>
      )}
      {proposal?.reason !== undefined && (
        <p className={inspectedAgentStyles.reason} title={`stored: ${proposal.reason}`}>
          {plainStoredReason(proposal.reason)}
        </p>
      )}
      {proposal !== undefined && proposal.newCostCents === undefined && proposal.verdict !== 'invalid' && (
        <p className={inspectedAgentStyles.reason}>{newCostMissing(proposal)}</p>
      )}
      {proposal !== undefined && (
        <p className={inspectedAgentStyles.reason}>
          <a href={deskHref} aria-label={`Review ${agentId} on the desk`}>
            Review on the desk
          </a>
        </p>
      )}
    </section>
  );
}
