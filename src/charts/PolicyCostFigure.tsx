import type { AgentId } from '../schema/ids.ts';
import type { ExperimentDossier } from '../schema/normalised.ts';
import type { CostMetric, ValueScale } from './shape/metric.ts';
import type { MarkTarget } from './shape/target.ts';

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
}

/** The hero figure: policy parameter and cost of every agent over the iterations, with every proposal. */
export function PolicyCostFigure({ dossier }: PolicyCostFigureProps) {
  return (
    <figure aria-label="Policy and cost by iteration">
      <figcaption>{dossier.iterations.length} iterations</figcaption>
    </figure>
  );
}
