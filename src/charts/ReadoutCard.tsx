import { formatCount } from '../lib/format.ts';
import { manyAgents } from '../lib/manyAgents.ts';
import { agentStyle } from './shape/agentStyle.ts';
import type { AgentReadout, ProposalReadout, Readout, ReadoutFact } from './shape/readout.ts';
import type { StopMark } from './shape/stops.ts';
import { verdictWord } from '../domain/experiment/verdict.ts';
import { StatusMark } from '../ui/StatusMark.tsx';
import { verdictStatuses } from './Glyph.tsx';
import styles from './ReadoutCard.module.css';

interface ReadoutCardProps {
  readonly readout: Readout;
  /** The mark under the pointer or the keyboard, set apart. */
  readonly mark: StopMark | undefined;
  readonly columns: number;
}

/** Every exact value of one iteration. */
export function ReadoutCard({ readout, mark, columns }: ReadoutCardProps) {
  const shown = shownOf(readout.agents, mark);
  const more = readout.agents.length - shown.length;
  return (
    <div className={styles.card}>
      <div className={styles.head}>
        <b>Iteration {readout.iteration}</b>
        {readout.total !== undefined && <span>total {readout.total}</span>}
      </div>
      <div className={styles.agents} style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
        {shown.map((agent) => (
          <AgentBlock key={agent.agentId} agent={agent} isActive={mark?.agentId === agent.agentId} />
        ))}
      </div>
      {more > 0 && <div className={styles.more}>and {formatCount(more)} more agents: see the table</div>}
    </div>
  );
}

/** As many of a great number as fit on a screen, with the one that is pointed at. */
const mostOfMany = 6;

function shownOf(agents: readonly AgentReadout[], mark: StopMark | undefined): readonly AgentReadout[] {
  if (agents.length <= manyAgents) return agents;
  const pointed = agents.findIndex(({ agentId }) => agentId === mark?.agentId);
  return pointed < mostOfMany ? agents.slice(0, mostOfMany) : agents.slice(pointed, pointed + mostOfMany);
}

function AgentBlock({ agent, isActive }: { readonly agent: AgentReadout; readonly isActive: boolean }) {
  const { color } = agentStyle(agent.agentIndex);
  const { proposal } = agent;
  return (
    <div className={styles.agent} style={{ borderColor: color }} data-active={isActive}>
      <div className={styles.head}>
        <b style={{ color }}>{agent.agentId}</b>
        {proposal !== undefined && <VerdictWord proposal={proposal} />}
      </div>
      <Facts facts={agent.compared} />
      {proposal?.reason !== undefined && <div className={styles.reason}>{proposal.reason}</div>}
    </div>
  );
}

function VerdictWord({
  proposal: { verdict, invalidBecause },
}: {
  readonly proposal: Pick<ProposalReadout, 'verdict' | 'invalidBecause'>;
}) {
  return (
    <span className={styles.verdict} data-verdict={verdict}>
      <StatusMark status={{ ...verdictStatuses[verdict], word: verdictWord(verdict, invalidBecause) }} />
    </span>
  );
}

function Facts({ facts }: { readonly facts: readonly ReadoutFact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ label, text }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
