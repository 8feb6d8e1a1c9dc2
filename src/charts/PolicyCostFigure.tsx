import { useMemo, type ReactNode } from 'react';
import type { AgentId } from '../lib/ids.ts';
import type { ExperimentDossier } from '../domain/experiment/normalised.ts';
import { Figure } from '../ui/Figure.tsx';
import { figureNotes, figureSentence } from './shape/caption.ts';
import { figureInput, visibleAgents } from './shape/figureInput.ts';
import { figureModel, type FigureModel } from './shape/figureModel.ts';
import { figureTable, type FigureTableRow } from './shape/figureTable.ts';
import type { CostMetric, ValueScale } from './shape/metric.ts';
import { canBeThinned } from './shape/thinPanel.ts';
import type { MarkTarget } from './shape/target.ts';
import { Measured } from './Measured.tsx';
import { PolicyCostDrawing } from './PolicyCostDrawing.tsx';
import styles from './PolicyCostFigure.module.css';
import { manyAgents } from '../lib/manyAgents.ts';
import { cx } from '../ui/cx.ts';
import { verdicts, type Verdict } from '../domain/experiment/verdict.ts';
import { agentStyle } from './shape/agentStyle.ts';
import type { ChartAgent } from './shape/agents.ts';
import { verdictWord } from './shape/words.ts';
import { Glyph } from './Glyph.tsx';
import figureLegendStyles from './FigureLegend.module.css';

const name = 'Policy and cost by iteration';

export interface PolicyCostFigureProps {
  readonly dossier: ExperimentDossier;
  /** Name of the numeric parameter in the upper panel; `numericParameters(dossier)` lists them. */
  readonly parameter: string | undefined;
  readonly metric: CostMetric;
  /** `log` applies to costs; the other metrics are drawn linear (`scaleAvailability`). */
  readonly scale: ValueScale;
  readonly hiddenAgents: ReadonlySet<AgentId>;
  /** Adds the total over agents to the cost panel. */
  readonly showTotal: boolean;
  /** Highlighted in both panels, and never thinned away. */
  readonly selected: MarkTarget | undefined;
  /** A click on a mark (with its agent) or beside the marks of an iteration (without). */
  readonly onSelect: (target: MarkTarget) => void;
  /** Enter on the mark that the keyboard reached. */
  readonly onActivate: (target: MarkTarget) => void;
  /** Makes the agents of the legend switches. */
  readonly onToggleAgent?: (agentId: AgentId) => void;
  /** Makes the total a switch beside them; it has a place in the cost panel alone. */
  readonly onToggleTotal?: () => void;
  /** Choices of metric, scale and parameter, shown beside "Show as table". */
  readonly controls?: ReactNode;
}

/** The hero figure: policy parameter and cost of every agent over the iterations, with every proposal. */
export function PolicyCostFigure(props: PolicyCostFigureProps) {
  const { dossier, parameter, metric, scale, hiddenAgents, showTotal, selected } = props;
  const input = useMemo(() => figureInput(dossier), [dossier]);
  const agents = useMemo(() => visibleAgents(input, hiddenAgents), [input, hiddenAgents]);
  const sentence = useMemo(() => figureSentence(input), [input]);
  const table = useMemo(
    () => once(() => ({ ...figureTable(input, agents, parameter), rowKey })),
    [input, agents, parameter],
  );
  // A short experiment is drawn whole, so that a new selection does not make a new model.
  const kept = canBeThinned(dossier.iterations.length, dossier.proposals.length)
    ? selected?.iteration
    : undefined;
  const model = useMemo(
    () => figureModel(input, { parameter, metric, scale, hiddenAgents, showTotal, selected: kept }),
    [input, parameter, metric, scale, hiddenAgents, showTotal, kept],
  );
  const { span } = model;
  return (
    <Figure name={name} caption={sentence} table={table} controls={props.controls}>
      <div className={styles.content}>
        {span !== undefined && (
          <>
            <FigureLegend
              agents={input.agents}
              model={model}
              hiddenAgents={hiddenAgents}
              onToggleAgent={props.onToggleAgent}
              isTotalShown={showTotal}
              onToggleTotal={metric === 'cost' && input.agents.length > 1 ? props.onToggleTotal : undefined}
            />
            <Measured className={styles.measured}>
              {(width) => (
                <PolicyCostDrawing
                  {...props}
                  name={name}
                  input={input}
                  agents={agents}
                  model={model}
                  span={span}
                  width={width}
                />
              )}
            </Measured>
          </>
        )}
        <p className={styles.notes}>{figureNotes(model, agents, metric, input.rows, parameter).join(' ')}</p>
      </div>
    </Figure>
  );
}

const rowKey = (row: FigureTableRow): string => String(row.iteration);

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

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
function FigureLegend(props: FigureLegendProps) {
  const { agents, model, hiddenAgents, onToggleAgent, isTotalShown, onToggleTotal } = props;
  const marks = [...model.upper.marks, ...model.lower.marks];
  const kinds = verdicts.filter((verdict) => marks.some((mark) => mark.kind === verdict));
  const { lines } = model.lower;
  return (
    <div className={figureLegendStyles.legend} data-many={agents.length > manyAgents || undefined}>
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
          className={cx(figureLegendStyles.toggle, figureLegendStyles.optional)}
          aria-pressed={isTotalShown}
          title={isTotalShown ? 'Hide the total' : 'Show the total over all agents'}
          onClick={onToggleTotal}
        >
          <LineSample color="var(--ink-2)" dash="none" />
          Total
        </button>
      )}
      {lines.some((line) => line.role === 'remeasured') && (
        <span className={figureLegendStyles.entry}>
          <LineSample color="var(--ink-2)" dash="4 4" /> policy in force, measured again
        </span>
      )}
      {lines.some((line) => line.points.some((point) => point.interval !== undefined)) && (
        <span className={figureLegendStyles.entry}>
          <svg width={18} height={12} aria-hidden>
            <rect y={1} width={18} height={10} fill="var(--ink-2)" fillOpacity={0.25} />
          </svg>
          95 % interval
        </span>
      )}
      {kinds.map((kind) => (
        <span key={kind} className={figureLegendStyles.entry}>
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
      <span className={figureLegendStyles.name} title={agent.agentId}>
        {agent.agentId}
      </span>
    </>
  );
  if (onToggle === undefined)
    return isHidden ? null : <span className={figureLegendStyles.entry}>{face}</span>;
  return (
    <button
      type="button"
      className={figureLegendStyles.toggle}
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
