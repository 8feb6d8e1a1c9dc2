import type { OpenFile } from '../../data/session/state.ts';
import { useAnswer } from '../../data/useAnswer.ts';
import { lastDayWords } from '../../domain/days/words.ts';
import { iterationDetail } from '../../queries/iterationDetail.ts';
import type { ExperimentScope } from '../../queries/scope.ts';
import type { AgentIteration } from '../../domain/answers/experiments.ts';
import type { ExperimentDays } from '../../domain/answers/days.ts';
import type { ExperimentDossier } from '../../domain/experiment/normalised.ts';
import { formatCount } from '../../lib/format.ts';
import type { AgentId } from '../../lib/ids.ts';
import { manyAgents } from '../../lib/manyAgents.ts';
import { Card } from '../../ui/Card.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import ArrowLeft from 'lucide-react/icons/arrow-left';
import ArrowRight from 'lucide-react/icons/arrow-right';
import { FactList } from '../../ui/FactList.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { Money } from '../shared/Money.tsx';
import { shortRunName } from '../shared/shortRunName.ts';
import { useAddress } from '../shared/useAddress.ts';
import { linkMeanings } from '../shared/words.ts';
import styles from './Inspector.module.css';
import { totalMissing } from './totalMissing.ts';
import { InspectedAgent } from './InspectedAgent.tsx';
import type { FigureSettings } from './useFigureSettings.ts';
import { experimentFields } from './fields.ts';

interface InspectorProps {
  readonly scope: ExperimentScope;
  readonly dossier: ExperimentDossier;
  readonly settings: FigureSettings;
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

function Inspected({ scope, dossier, settings, file, days, iteration }: InspectedProps) {
  const only = days?.iterations.get(iteration);
  const { search } = useAddress(experimentFields);
  const at = dossier.iterations.findIndex((row) => row.iteration === iteration);
  const proposals = dossier.proposals.filter((proposal) => proposal.iteration === iteration);
  // Samples are all that the dossier does not hold.
  const sampled = proposals.some((proposal) => (proposal.sampleCount ?? 0) > 1);
  const detail = useAnswer({ ...iterationDetail.about({ ...scope, iteration }), enabled: sampled });
  const row = dossier.iterations[at];
  const run = dossier.runs.find((candidate) => candidate.iteration === iteration);
  const select = (index: number) => settings.set({ iteration: dossier.iterations[index]?.iteration });
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
            disabled={at >= dossier.iterations.length - 1}
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
      {detail.error !== null && <ErrorNotice error={detail.error} doing={`reading iteration ${iteration}`} />}
      <div className={styles.agents}>
        {inspected(dossier.agents, settings.agentId).map((agent) => (
          <InspectedAgent
            key={agent}
            agentId={agent}
            agentIndex={dossier.agents.indexOf(agent)}
            parameter={settings.parameter}
            row={row}
            lastDay={only?.agents.get(agent)}
            proposal={proposals.find((candidate) => candidate.agentId === agent)}
            deskHref={hrefTo('/experiments/$experimentId/proposals', search, {
              experimentId: scope.experimentId,
              iteration,
              agent,
              show: 'all',
            })}
            {...samplesOf(detail.data?.agents.find((candidate) => candidate.agentId === agent))}
          />
        ))}
        {dossier.agents.length > manyAgents && (
          <p>
            {formatCount(manyAgents)} of {formatCount(dossier.agents.length)} agents; Open has them all.
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
