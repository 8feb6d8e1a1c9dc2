import type { AgentId } from '../../lib/ids.ts';
import type { ExperimentDossier } from '../../domain/experiment/normalised.ts';
import { noProposalRead } from '../../domain/experiment/noProposal.ts';
import { chartAgents, type ChartAgent } from './agents.ts';
import type { RowIndex } from './marks.ts';
import { firstBy } from '../../lib/groupBy.ts';

/** The dossier with what every panel looks up, made once per dossier. */
export interface FigureInput {
  readonly dossier: ExperimentDossier;
  readonly agents: readonly ChartAgent[];
  readonly rows: RowIndex;
  /** First and last stored iteration; undefined without any. */
  readonly span: readonly [number, number] | undefined;
  /** What the file tells of an iteration in which an agent has no proposal. */
  readonly noProposalIn: (iteration: number) => string;
}

export function figureInput(
  dossier: ExperimentDossier,
  noProposalIn: FigureInput['noProposalIn'] = () => noProposalRead,
): FigureInput {
  const first = dossier.iterations[0];
  const last = dossier.iterations.at(-1);
  return {
    dossier,
    agents: chartAgents(dossier),
    rows: firstBy(dossier.iterations, (row) => row.iteration),
    span: first === undefined || last === undefined ? undefined : [first.iteration, last.iteration],
    noProposalIn,
  };
}

export function visibleAgents(input: FigureInput, hidden: ReadonlySet<AgentId>): readonly ChartAgent[] {
  return input.agents.filter((agent) => !hidden.has(agent.agentId));
}
