import type { AgentId } from '../lib/ids.ts';
import { manyAgents } from '../lib/manyAgents.ts';
import { cx } from '../ui/cx.ts';
import { verdicts, type Verdict } from '../domain/experiment/verdict.ts';
import { agentStyle } from './shape/agentStyle.ts';
import type { ChartAgent } from './shape/agents.ts';
import type { FigureModel } from './shape/figureModel.ts';
import { verdictWord } from './shape/words.ts';
import { Glyph } from './Glyph.tsx';
import styles from './FigureLegend.module.css';

interface FigureLegendProps {
  readonly agents: readonly ChartAgent[];
  readonly model: FigureModel;
  readonly hiddenAgents: ReadonlySet<AgentId>;
  readonly onToggleAgent: ((agentId: AgentId) => void) | undefined;
  readonly isTotalShown: boolean;
  /** Undefined where no total can be drawn. */
  readonly onToggleTotal: (() => void) | undefined;
}

/** The agents by colour, switches where the caller wants them, and the signs that occur in this drawing. */
export function FigureLegend(props: FigureLegendProps) {
  const { agents, model, hiddenAgents, onToggleAgent, isTotalShown, onToggleTotal } = props;
  const marks = [...model.upper.marks, ...model.lower.marks];
  const kinds = verdicts.filter((verdict) => marks.some((mark) => mark.kind === verdict));
  const { lines } = model.lower;
  return (
    <div className={styles.legend} data-many={agents.length > manyAgents || undefined}>
      {agents.map((agent) => (
        <AgentEntry
          key={agent.agentId}
          agent={agent}
          isHidden={hiddenAgents.has(agent.agentId)}
          onToggle={onToggleAgent}
        />
      ))}
      {onToggleTotal !== undefined && (
        <button
          type="button"
          className={cx(styles.toggle, styles.optional)}
          aria-pressed={isTotalShown}
          title={isTotalShown ? 'Hide the total' : 'Show the total over all agents'}
          onClick={onToggleTotal}
        >
          <LineSample color="var(--ink-2)" dash="none" />
          Total
        </button>
      )}
      {lines.some((line) => line.role === 'remeasured') && (
        <span className={styles.entry}>
          <LineSample color="var(--ink-2)" dash="4 4" /> policy in force, measured again
        </span>
      )}
      {lines.some((line) => line.points.some((point) => point.interval !== undefined)) && (
        <span className={styles.entry}>
          <svg width={18} height={12} aria-hidden>
            <rect y={1} width={18} height={10} fill="var(--ink-2)" fillOpacity={0.25} />
          </svg>
          95 % interval
        </span>
      )}
      {kinds.map((kind) => (
        <span key={kind} className={styles.entry}>
          <svg width={12} height={12} aria-hidden>
            <Glyph kind={kind} x={6} y={6} radius={4} color="var(--ink-2)" />
          </svg>
          {signWords(kind)}
        </span>
      ))}
    </div>
  );
}

function signWords(verdict: Verdict): string {
  return verdict === 'invalid' || verdict === 'no_change'
    ? verdictWord(verdict)
    : `${verdictWord(verdict)} proposal`;
}

interface AgentEntryProps {
  readonly agent: ChartAgent;
  readonly isHidden: boolean;
  readonly onToggle: ((agentId: AgentId) => void) | undefined;
}

function AgentEntry({ agent, isHidden, onToggle }: AgentEntryProps) {
  const { color, dash } = agentStyle(agent.index);
  const face = (
    <>
      <LineSample color={color} dash={dash ?? 'none'} hasDot />
      <span className={styles.name} title={agent.agentId}>
        {agent.agentId}
      </span>
    </>
  );
  if (onToggle === undefined) return isHidden ? null : <span className={styles.entry}>{face}</span>;
  return (
    <button
      type="button"
      className={styles.toggle}
      aria-pressed={!isHidden}
      title={isHidden ? `Show ${agent.agentId}` : `Hide ${agent.agentId}`}
      onClick={() => onToggle(agent.agentId)}
    >
      {face}
    </button>
  );
}

interface LineSampleProps {
  readonly color: string;
  readonly dash: string;
  readonly hasDot?: boolean;
}

function LineSample({ color, dash, hasDot = false }: LineSampleProps) {
  return (
    <svg width={18} height={12} aria-hidden>
      <path d="M0 6h18" stroke={color} strokeWidth={2} strokeDasharray={dash} />
      {hasDot && <Glyph kind="policy" x={9} y={6} radius={4} color={color} />}
    </svg>
  );
}
