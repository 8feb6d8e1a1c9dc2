import type { CSSProperties } from 'react';

import { agentStyle } from '../../charts/shape/agentStyle.ts';
import { formatParameter, parameterLabel } from '../../charts/shape/parameters.ts';
import { SamplesStrip } from '../../charts/SamplesStrip.tsx';
import type { LastDayOnly } from '../../domain/days/days.ts';
import { lastDayWords } from '../../domain/days/words.ts';
import { storedAs } from '../../domain/unreadable/lostCells.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { IterationRow, Proposal, Sample } from '../../domain/experiment/normalised.ts';
import { Missing } from '../shared/Missing.tsx';
import { Money } from '../shared/Money.tsx';
import { lostSamples } from '../shared/sampleWords.ts';
import { verdictDetail } from '../shared/verdictDetail.ts';
import { VerdictMark } from '../shared/VerdictMark.tsx';
import styles from './InspectedAgent.module.css';

interface InspectedAgentProps {
  readonly agentId: AgentId;
  readonly agentIndex: number;
  readonly parameter: string | undefined;
  readonly row: IterationRow | undefined;
  /** Where its cost is that of the last day alone. */
  readonly lastDay: LastDayOnly | undefined;
  readonly proposal: Proposal | undefined;
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
export function InspectedAgent(props: InspectedAgentProps) {
  const { agentId, agentIndex, parameter, row, lastDay, proposal, samples, unreadableSamples, deskHref } =
    props;
  const color: CSSProperties = { borderLeftColor: agentStyle(agentIndex).color };
  const now = parameter === undefined ? undefined : row?.parameters.get(agentId)?.get(parameter);
  const asked = parameter === undefined ? undefined : proposal?.parameters.get(parameter);
  return (
    <section className={styles.agent} style={color} aria-label={agentId}>
      <div className={styles.line}>
        <b>{agentId}</b>
        {proposal === undefined ? (
          <Missing why="no proposal is recorded" />
        ) : (
          <VerdictMark verdict={proposal.verdict} detail={verdictDetail(proposal)} />
        )}
      </div>
      {parameter !== undefined && now !== undefined && (
        <div className={styles.line}>
          <span className={styles.dim}>{parameterLabel(parameter).toLowerCase()}</span>
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
      <div className={styles.line}>
        <span className={styles.dim}>
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
        <p className={styles.reason}>Cost in this iteration: {lastDayWords(lastDay)}.</p>
      )}
      {samples.length > 1 && <SamplesStrip name={`Savings of ${agentId}`} samples={samples} />}
      {unreadableSamples > 0 && (
        <p className={styles.reason}>{lostSamples(samples.length, unreadableSamples)}.</p>
      )}
      {proposal?.reason !== undefined && <p className={styles.reason}>{proposal.reason}</p>}
      {proposal !== undefined && proposal.newCostCents === undefined && proposal.verdict !== 'invalid' && (
        <p className={styles.reason}>{newCostMissing(proposal)}</p>
      )}
      {proposal !== undefined && (
        <p className={styles.reason}>
          <a href={deskHref} aria-label={`Review ${agentId} on the desk`}>
            Review on the desk
          </a>
        </p>
      )}
    </section>
  );
}
