import { useState, type ReactNode } from 'react';
import { formatCount } from '../lib/format.ts';
import type { AgentId } from '../lib/ids.ts';
import { manyAgents, tellsApart } from './shape/agentStyle.ts';
import { Button } from '../ui/Button.tsx';
import { SearchField } from '../ui/TextField.tsx';
import styles from './AgentsLegend.module.css';
import { FigureLegend, LegendAgents } from './FigureLegend.tsx';

/** `index` is its place among all agents, which decides how it is drawn. */
interface LegendAgent {
  readonly agentId: AgentId;
  readonly index: number;
}

interface AgentsLegendProps {
  readonly agents: readonly LegendAgent[];
  readonly hiddenAgents: ReadonlySet<string>;
  /** Makes the agents switches; called with all that shall be hidden from then on. */
  readonly onHide?: ((hidden: ReadonlySet<AgentId>) => void) | undefined;
  /** Makes them raise their agent's line while the pointer or the focus is on them; called with its place. */
  readonly onRaise?: ((agentIndex: number | undefined) => void) | undefined;
  /** Whether a dot stands on the lines of this figure. */
  readonly hasDots?: boolean;
  /** Further signs, after the agents. */
  readonly children?: ReactNode;
}

/** So many are listed at once: a name among thousands is found by typing, not by looking. */
const mostListed = 60;
/** As many as an address can hold (`hide`, docs/url-format.md). */
const mostHidden = 2000;

/** The agents of a figure by colour and dash, as switches where the caller wants them. */
export function AgentsLegend(props: AgentsLegendProps) {
  const { agents, hiddenAgents, onHide, onRaise, hasDots = false, children } = props;
  const [sought, setSought] = useState('');
  const isMany = agents.length > manyAgents;
  const words = sought.trim().toLowerCase();
  const found = agents.filter(({ agentId }) => agentId.toLowerCase().includes(words));
  const listed = found.slice(0, mostListed);
  const toggle = (agentId: AgentId, withShift: boolean): void => {
    const others = agents.flatMap((agent) => (agent.agentId === agentId ? [] : [agent.agentId]));
    const isAlone = !hiddenAgents.has(agentId) && others.every((other) => hiddenAgents.has(other));
    if (withShift || others.length > mostHidden) {
      const hidden = others.filter((other) => hiddenAgents.has(other));
      onHide?.(new Set(hiddenAgents.has(agentId) ? hidden : [...hidden, agentId]));
    } else {
      onHide?.(new Set(isAlone ? [] : others));
    }
  };
  return (
    <div className={styles.whole}>
      {isMany && (
        <ManyAgents
          agents={agents}
          hiddenAgents={hiddenAgents}
          found={found}
          listedCount={listed.length}
          onHide={onHide}
        >
          <SearchField label="Find an agent" value={sought} onChange={setSought} />
        </ManyAgents>
      )}
      <FigureLegend isLong={isMany}>
        <LegendAgents
          agents={listed}
          hiddenAgents={hiddenAgents}
          onToggle={onHide === undefined ? undefined : toggle}
          onRaise={onRaise}
          hasDots={hasDots}
        />
        {!isMany && children}
      </FigureLegend>
      {isMany && children !== undefined && <FigureLegend>{children}</FigureLegend>}
    </div>
  );
}

interface ManyAgentsProps extends Pick<AgentsLegendProps, 'agents' | 'hiddenAgents' | 'onHide'> {
  /** Those whose names hold what is typed. */
  readonly found: readonly LegendAgent[];
  readonly listedCount: number;
  readonly children: ReactNode;
}

/** How many are drawn and listed, and the ways to the others. */
function ManyAgents({ agents, hiddenAgents, found, listedCount, onHide, children }: ManyAgentsProps) {
  const hidden = agents.flatMap(({ agentId }) => (hiddenAgents.has(agentId) ? [agentId] : []));
  const all = agents.length;
  const which = found.length === all ? 'all' : 'those found';
  const hide = (more: boolean): void => {
    const next = new Set<AgentId>(hidden);
    for (const { agentId } of found) {
      if (more) next.add(agentId);
      else next.delete(agentId);
    }
    onHide?.(next);
  };
  return (
    <div className={styles.many}>
      {children}
      {onHide !== undefined && (
        <>
          <Button size="small" variant="ghost" disabled={hidden.length === 0} onClick={() => hide(false)}>
            Show {which}
          </Button>
          <Button
            size="small"
            variant="ghost"
            disabled={hidden.length === all || found.length > mostHidden}
            onClick={() => hide(true)}
          >
            Hide {which}
          </Button>
        </>
      )}
      <span role="status">
        {[
          hidden.length === 0
            ? `${formatCount(all)} agents drawn`
            : `${formatCount(all - hidden.length)} of ${formatCount(all)} agents drawn`,
          ...(listedCount === all ? [] : [listedWords(listedCount, found.length, all)]),
          ...(all > tellsApart ? ['colours and dashes repeat: point at a line for its name'] : []),
        ].join('; ')}
      </span>
    </div>
  );
}

function listedWords(listed: number, found: number, all: number): string {
  if (found === 0) return 'no name holds these letters';
  if (found === all) return `the first ${formatCount(listed)} listed, the others by their name`;
  return listed === found
    ? `${formatCount(found)} found`
    : `${formatCount(found)} found, the first ${formatCount(listed)} listed`;
}
