import { type ReactNode, useState } from 'react';

import { formatCount } from '../lib/format.ts';
import type { AgentId } from '../lib/ids.ts';
import { Button } from '../ui/Button.tsx';
import { SearchField } from '../ui/TextField.tsx';
import agentStyles from './AgentsLegend.module.css';
import styles from './FigureLegend.module.css';
import { Glyph } from './Glyph.tsx';
import { agentStyle, manyAgents, tellsApart } from './shape/agentStyle.ts';

interface FigureLegendProps {
  /** So many entries that they scroll in a place of their own. */
  readonly isLong?: boolean;
  readonly children: ReactNode;
}

/** What the colours, lines and signs of a figure stand for; its entries follow below. */
export function FigureLegend({ isLong = false, children }: FigureLegendProps) {
  return (
    <ul className={styles.legend} data-long={isLong || undefined}>
      {children}
    </ul>
  );
}

interface LegendEntryProps {
  /** The line, colour or sign itself. */
  readonly sample: ReactNode;
  readonly children: ReactNode;
}

export function LegendEntry({ sample, children }: LegendEntryProps) {
  return (
    <li className={styles.entry}>
      {sample}
      {children}
    </li>
  );
}

interface LegendSwitchProps extends LegendEntryProps {
  readonly isShown: boolean;
  /** What pressing it does. */
  readonly title: string;
  /** `withShift`: the key was held. */
  readonly onToggle: (withShift: boolean) => void;
  /** The pointer or the focus came to it, or left. */
  readonly onRaise?: ((isRaised: boolean) => void) | undefined;
}

/** An entry that shows and hides what it stands for. */
export function LegendSwitch(props: LegendSwitchProps) {
  const { sample, children, isShown, title, onToggle, onRaise } = props;
  return (
    <li>
      <button
        type="button"
        className={styles.toggle}
        aria-pressed={isShown}
        title={title}
        onClick={(event) => onToggle(event.shiftKey)}
        onPointerEnter={() => onRaise?.(true)}
        onPointerLeave={() => onRaise?.(false)}
        onFocus={() => onRaise?.(true)}
        onBlur={() => onRaise?.(false)}
      >
        {sample}
        {children}
      </button>
    </li>
  );
}

interface LegendAgentsProps {
  /** All of the figure: the place of an agent decides its colour. */
  readonly agents: readonly { readonly agentId: AgentId; readonly index: number }[];
  readonly hiddenAgents: ReadonlySet<string>;
  /** Makes them switches. */
  readonly onToggle: ((agentId: AgentId, withShift: boolean) => void) | undefined;
  readonly onRaise?: ((agentIndex: number | undefined) => void) | undefined;
  /** Whether values are marked on the lines. */
  readonly hasDots?: boolean;
}

/** The agents by colour and dashes; hidden ones only where they can be shown again. */
export function LegendAgents(props: LegendAgentsProps) {
  const { agents, hiddenAgents, onToggle, onRaise, hasDots = false } = props;
  const shownCount = agents.filter(({ agentId }) => !hiddenAgents.has(agentId)).length;
  return agents.map(({ agentId, index }) => {
    const { color, dash } = agentStyle(index);
    const isHidden = hiddenAgents.has(agentId);
    const sample = <LineSample color={color} dash={dash} hasDot={hasDots} />;
    const name = (
      <span className={styles.name} title={agentId}>
        {agentId}
      </span>
    );
    if (onToggle !== undefined) {
      return (
        <LegendSwitch
          key={agentId}
          sample={sample}
          isShown={!isHidden}
          title={switchTitle(agentId, isHidden, shownCount === 1)}
          onToggle={(withShift) => onToggle(agentId, withShift)}
          onRaise={(isRaised) => onRaise?.(isRaised && !isHidden ? index : undefined)}
        >
          {name}
        </LegendSwitch>
      );
    }
    return isHidden ? null : (
      <LegendEntry key={agentId} sample={sample}>
        {name}
      </LegendEntry>
    );
  });
}

function switchTitle(agentId: AgentId, isHidden: boolean, isAlone: boolean): string {
  if (!isHidden && isAlone) return 'Show all agents';
  return `Show only ${agentId}; with Shift, ${isHidden ? 'show it too' : 'hide it'}`;
}

interface LineSampleProps {
  readonly color: string;
  readonly dash?: string | undefined;
  readonly hasDot?: boolean;
}

export function LineSample({ color, dash = 'none', hasDot = false }: LineSampleProps) {
  return (
    <svg width={18} height={12} aria-hidden>
      <path d="M0 6h18" stroke={color} strokeWidth={2} strokeDasharray={dash} />
      {hasDot && <Glyph kind="policy" x={9} y={6} radius={4} color={color} />}
    </svg>
  );
}

/** The colour of an area or a bar. */
export function ColorSample({ color }: { readonly color: string }) {
  return <span aria-hidden className={styles.swatch} style={{ background: color }} />;
}

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
    <div className={agentStyles.whole}>
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
    <div className={agentStyles.many}>
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
