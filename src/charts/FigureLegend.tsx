import type { ReactNode } from 'react';
import type { AgentId } from '../lib/ids.ts';
import { cx } from '../ui/cx.ts';
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
  /** Not drawn unless asked for: nothing is taken away, so its name is not struck out. */
  readonly isOptional?: boolean;
  readonly onToggle: () => void;
}

/** An entry that shows and hides what it stands for. */
export function LegendSwitch(props: LegendSwitchProps) {
  const { sample, children, isShown, title, isOptional = false, onToggle } = props;
  return (
    <li>
      <button
        type="button"
        className={cx(styles.toggle, isOptional && styles.optional)}
        aria-pressed={isShown}
        title={title}
        onClick={onToggle}
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
  readonly onToggle: ((agentId: AgentId) => void) | undefined;
  /** Whether values are marked on the lines. */
  readonly hasDots?: boolean;
}

/** The agents by colour and dashes; hidden ones only where they can be shown again. */
export function LegendAgents({ agents, hiddenAgents, onToggle, hasDots = false }: LegendAgentsProps) {
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
          title={`${isHidden ? 'Show' : 'Hide'} ${agentId}`}
          onToggle={() => onToggle(agentId)}
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
