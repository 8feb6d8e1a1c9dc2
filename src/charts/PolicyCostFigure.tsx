import { useMemo, type ReactNode } from 'react';
import type { AgentId } from '../lib/ids.ts';
import type { ExperimentDossier } from '../domain/experiment/normalised.ts';
import { Figure } from '../ui/Figure.tsx';
import { figureNotes, figureSentence } from './shape/caption.ts';
import { figureInput, visibleAgents } from './shape/figureInput.ts';
import { figureModel } from './shape/figureModel.ts';
import { figureTable, type FigureTableRow } from './shape/figureTable.ts';
import type { CostMetric, ValueScale } from './shape/metric.ts';
import { canBeThinned } from './shape/thinPanel.ts';
import type { MarkTarget } from './shape/target.ts';
import { Measured } from './Measured.tsx';
import { FigureLegend } from './FigureLegend.tsx';
import { PolicyCostDrawing } from './PolicyCostDrawing.tsx';
import styles from './PolicyCostFigure.module.css';

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
