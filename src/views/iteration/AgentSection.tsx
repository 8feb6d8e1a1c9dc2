import { plural } from '../../lib/format.ts';
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { agentStyle } from '../../charts/shape/agentStyle.ts';
import type { IterationScope } from '../../queries/scope.ts';
import type { AgentIteration, IterationDetail } from '../../domain/answers/experiments.ts';
import { Card } from '../../ui/Card.tsx';
import { cx } from '../../ui/cx.ts';
import { hrefTo } from '../../url/addresses.ts';
import { useAddress } from '../shared/useAddress.ts';
import styles from './AgentSection.module.css';
import { ExchangePanel } from '../exchange/ExchangePanel.tsx';
import { EvidencePanel } from '../shared/evidence/Evidence.tsx';
import { VerdictPanel } from './VerdictPanel.tsx';
import { iterationFields } from './fields.ts';
import { describePolicyChange } from '../../domain/policy/diff/describe.ts';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { LongText } from '../../ui/LongText.tsx';
import { formatPolicyChoice, type PolicyChoice } from '../../url/fields.ts';
import { PolicyComparison } from '../policy/PolicyComparison.tsx';
import { prettyJson } from '../../lib/json.ts';
import { SamplesStrip } from '../../charts/SamplesStrip.tsx';
import type { Sample } from '../../domain/experiment/normalised.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Money } from '../shared/Values.tsx';
import { lostSamples } from '../shared/words.ts';

interface AgentSectionProps {
  readonly scope: IterationScope;
  readonly agent: AgentIteration;
  readonly agentIndex: number;
  readonly detail: IterationDetail;
  /** What the file tells of it where the agent has no proposal. */
  readonly noProposal: string;
  /** The address names this agent: it is brought into view. */
  readonly isAsked: boolean;
  /** Where the page sets out one agent alone: the choice of another. Else it is a column of the matrix. */
  readonly choice?: ReactNode;
}

/** Everything about one agent in this iteration: the verdict, what it rests on, and how it came about. */
export function AgentSection(props: AgentSectionProps) {
  const { scope, agent, agentIndex, detail, noProposal, isAsked, choice } = props;
  const { search } = useAddress(iterationFields);
  const deskHref = hrefTo('/experiments/$experimentId/proposals', search, {
    experimentId: scope.experimentId,
    show: 'all',
    iteration: detail.iteration,
    agent: agent.agentId,
  });
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isAsked) place.current?.scrollIntoView({ block: 'start' });
  }, [isAsked, agent.agentId]);
  const isColumn = choice === undefined;
  return (
    <div
      ref={place}
      className={cx(styles.agent, isColumn && styles.column)}
      style={{ borderTopColor: agentStyle(agentIndex).color }}
    >
      <Card title={agent.agentId} actions={choice}>
        <div key={agent.agentId} className={isColumn ? styles.facts : styles.wide}>
          <section className={styles.part} aria-label={`Verdict on the proposal of ${agent.agentId}`}>
            <VerdictPanel agent={agent} noProposal={noProposal} deskHref={deskHref} />
          </section>
          <section className={styles.part} aria-label={`Policies of ${agent.agentId}`}>
            <PolicyPanel scope={scope} agent={agent} />
          </section>
          {detail.agents.some(hasSamples) && (
            <section className={styles.part} aria-label={`Samples of ${agent.agentId}`}>
              {hasSamples(agent) ? <StoredSamples agent={agent} /> : <p>No sample is stored.</p>}
            </section>
          )}
          <section className={styles.part} aria-label={`Exchange of ${agent.agentId} with the proposer`}>
            <Disclosure summary="Exchange with the proposer">
              <ExchangePanel scope={scope} agent={agent} titled={false} />
            </Disclosure>
            {agent.proposal !== undefined && (
              <Disclosure summary="Runs behind it">
                <EvidencePanel scope={{ ...scope, agentId: agent.agentId }} titled={false} />
              </Disclosure>
            )}
          </section>
        </div>
      </Card>
    </div>
  );
}

/** What the proposal changes of the policy in force, then each policy as it is stored. */
function PolicyPanel({ scope, agent }: { scope: IterationScope; agent: AgentIteration }) {
  const { policyInForce, proposedPolicy } = agent;
  const { search } = useAddress(iterationFields);
  const choice = (which: PolicyChoice['which']) =>
    formatPolicyChoice({ agent: agent.agentId, iteration: scope.iteration, which });
  const compareHref = hrefTo('/experiments/$experimentId/policies', search, {
    experimentId: scope.experimentId,
    left: choice('force'),
    right: choice(proposedPolicy === undefined ? 'force' : 'proposed'),
  });
  const words = useMemo(
    () => describePolicyChange(policyInForce, proposedPolicy),
    [policyInForce, proposedPolicy],
  );
  return (
    <>
      <h3>{proposedPolicy === undefined ? 'Policies' : 'What changes'}</h3>
      {proposedPolicy !== undefined && <p>{words}.</p>}
      <PolicyComparison
        of={agent.agentId}
        before={{ label: 'In force', text: policyInForce }}
        after={{ label: 'Proposed', text: proposedPolicy }}
      />
      <p className={styles.next}>
        <a href={compareHref}>Compare with another policy</a>
      </p>
      {policyInForce !== undefined && (
        <Disclosure summary="Policy in force">
          <LongText
            what={`the policy in force of ${agent.agentId}`}
            text={prettyJson(policyInForce)}
            lines={40}
          />
        </Disclosure>
      )}
      {proposedPolicy !== undefined && (
        <Disclosure summary="Proposed policy">
          <LongText
            what={`the proposed policy of ${agent.agentId}`}
            text={prettyJson(proposedPolicy)}
            lines={40}
          />
        </Disclosure>
      )}
    </>
  );
}

const columns: readonly GridColumn<Sample>[] = [
  { id: 'index', header: 'Sample', value: (sample) => sample.index, align: 'end', width: 76 },
  {
    id: 'delta',
    header: 'Saving',
    headerTitle: 'old minus new: positive means that the proposal is cheaper',
    value: (sample) => sample.deltaCents,
    render: (sample) => <Money cents={sample.deltaCents} />,
    align: 'end',
    width: 78,
  },
  {
    id: 'old',
    header: 'Old cost',
    value: (sample) => sample.oldCostCents,
    render: (sample) => <Money cents={sample.oldCostCents} />,
    align: 'end',
    width: 78,
  },
  {
    id: 'new',
    header: 'New cost',
    value: (sample) => sample.newCostCents,
    render: (sample) => <Money cents={sample.newCostCents} />,
    align: 'end',
    width: 78,
  },
  {
    id: 'seed',
    header: 'Seed',
    value: (sample) => sample.seed,
    sortValue: (sample) => BigInt(sample.seed),
    align: 'end',
    width: 78,
  },
];

/** Where no agent of the iteration has any, none is missing: its comparison was of one run. */
function hasSamples({ samples, unreadableSamples }: AgentIteration): boolean {
  return samples.length + unreadableSamples.length > 0;
}

/** As a strip, and each with its exact costs. */
function StoredSamples({ agent }: { agent: AgentIteration }) {
  return (
    <>
      <h3>{plural(agent.samples.length, 'paired sample')}</h3>
      <Unreadable agent={agent} />
      {agent.samples.length > 0 && (
        <SamplesStrip name={`Savings of ${agent.agentId}`} samples={agent.samples} />
      )}
      <DataGrid
        name="Samples"
        columns={columns}
        rows={agent.samples}
        rowKey={(sample) => String(sample.index)}
        emptyText="No sample is stored."
        maxHeight={124}
      />
    </>
  );
}

/** Entries that are no sample, each as stored. */
function Unreadable({ agent: { samples, unreadableSamples: stored } }: { agent: AgentIteration }) {
  if (stored.length === 0) return null;
  return (
    <Notice tone="warning">
      <Disclosure
        summary={`${lostSamples(samples.length, stored.length)}; those that can are drawn, and are not all that was judged.`}
      >
        {stored.map((text, index) => (
          <LongText key={index} what="the sample as stored" text={text} lines={4} />
        ))}
      </Disclosure>
    </Notice>
  );
}
