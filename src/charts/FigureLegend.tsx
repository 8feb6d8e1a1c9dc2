import type { ReactNode } from 'react';
import type { AgentId } from '../lib/ids.ts';
import styles from './FigureLegend.module.css';
import { Glyph } from './Glyph.tsx';
import { agentStyle } from './shape/agentStyle.ts';

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
