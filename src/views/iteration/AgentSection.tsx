import { useEffect, useRef, type ReactNode } from 'react';

import { agentStyle } from '../../charts/shape/agentStyle.ts';
import type { IterationScope } from '../../queries/scope.ts';
import type { AgentIteration, IterationDetail } from '../../domain/answers/experiments.ts';
import { Card } from '../../ui/Card.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { useAddress } from '../shared/useAddress.ts';
import styles from './AgentSection.module.css';
import { ExchangePanel } from '../exchange/ExchangePanel.tsx';
import { EvidencePanel } from '../shared/EvidencePanel.tsx';
import { PolicyPanel } from './PolicyPanel.tsx';
import { SamplesPanel } from './SamplesPanel.tsx';
import { VerdictPanel } from './VerdictPanel.tsx';
import { iterationFields } from './fields.ts';

interface AgentSectionProps {
  readonly scope: IterationScope;
  readonly agent: AgentIteration;
  readonly agentIndex: number;
  readonly detail: IterationDetail;
  /** The address names this agent: it is brought into view. */
  readonly isAsked: boolean;
  /** Where the page sets out one agent alone: the choice of another. */
  readonly choice?: ReactNode;
}

/** Everything about one agent in this iteration: the verdict, what it rests on, and how it came about. */
export function AgentSection({ scope, agent, agentIndex, detail, isAsked, choice }: AgentSectionProps) {
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
  return (
    <div ref={place} className={styles.agent} style={{ borderTopColor: agentStyle(agentIndex).color }}>
      <Card title={agent.agentId} actions={choice}>
        <div key={agent.agentId} className={styles.columns}>
          <section className={styles.part} aria-label={`Verdict on the proposal of ${agent.agentId}`}>
            <VerdictPanel agent={agent} isLast={detail.nextIteration === undefined} deskHref={deskHref} />
            {agent.proposal !== undefined && <EvidencePanel scope={{ ...scope, agentId: agent.agentId }} />}
          </section>
          <div className={styles.stack}>
            {agent.samples.length + agent.unreadableSamples.length > 0 && (
              <section className={styles.part} aria-label={`Samples of ${agent.agentId}`}>
                <SamplesPanel agent={agent} />
              </section>
            )}
            <section className={styles.part} aria-label={`Policies of ${agent.agentId}`}>
              <PolicyPanel scope={scope} agent={agent} />
            </section>
          </div>
          <section className={styles.part} aria-label={`Exchange of ${agent.agentId} with the proposer`}>
            <ExchangePanel scope={scope} agent={agent} />
          </section>
        </div>
      </Card>
    </div>
  );
}
