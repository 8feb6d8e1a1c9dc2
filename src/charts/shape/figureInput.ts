import type { ExperimentDetail, IterationRow, Proposal } from '../../domain/experiment/normalised.ts';
import { noProposalRead } from '../../domain/experiment/verdict.ts';
import { firstBy } from '../../lib/groupBy.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { Cents } from '../../lib/units.ts';
import { acceptedCosts, isSampled, type AcceptedCost } from './lines.ts';
import type { RowIndex } from './marks.ts';

/** The experiment with what every panel looks up, made once per experiment. */
export interface FigureInput {
  readonly detail: ExperimentDetail;
  readonly agents: readonly ChartAgent[];
  readonly rows: RowIndex;
  /** By iteration, the lowest total up to it; an iteration without a total keeps the one before. */
  readonly best: ReadonlyMap<number, Cents>;
  /** First and last iteration drawn; undefined without any. */
  readonly span: readonly [number, number] | undefined;
  /** What the file tells of an iteration in which an agent has no proposal. */
  readonly noProposalIn: (iteration: number) => string;
}

export function figureInput(
  detail: ExperimentDetail,
  noProposalIn: FigureInput['noProposalIn'] = () => noProposalRead,
): FigureInput {
  const first = detail.iterations[0];
  const last = detail.iterations.at(-1);
  return {
    detail,
    agents: chartAgents(detail),
    rows: firstBy(detail.iterations, (row) => row.iteration),
    best: bestSoFar(detail.iterations),
    span: first === undefined || last === undefined ? undefined : [first.iteration, last.iteration],
    noProposalIn,
  };
}

export function visibleAgents(input: FigureInput, hidden: ReadonlySet<AgentId>): readonly ChartAgent[] {
  return input.agents.filter((agent) => !hidden.has(agent.agentId));
}

function bestSoFar(rows: readonly IterationRow[]): ReadonlyMap<number, Cents> {
  const best = new Map<number, Cents>();
  let lowest: Cents | undefined;
  for (const { iteration, totalCents } of rows) {
    if (totalCents !== undefined && (lowest === undefined || totalCents < lowest)) lowest = totalCents;
    if (lowest !== undefined) best.set(iteration, lowest);
  }
  return best;
}

/** The iterations from one to another, each with what came before it: lines go on as in the whole figure. */
export function inputWithin(
  input: FigureInput,
  range: readonly [first: number, last: number] | undefined,
): FigureInput {
  if (range === undefined) return input;
  const isWithin = ({ iteration }: { readonly iteration: number }) =>
    iteration >= range[0] && iteration <= range[1];
  const iterations = input.detail.iterations.filter(isWithin);
  const [first, last] = [iterations[0], iterations.at(-1)];
  if (first === undefined || last === undefined) return input;
  return {
    ...input,
    detail: { ...input.detail, iterations, proposals: input.detail.proposals.filter(isWithin) },
    agents: input.agents.map((agent) => ({ ...agent, proposals: agent.proposals.filter(isWithin) })),
    span: [first.iteration, last.iteration],
  };
}

/** One agent with its proposals in order of iteration; `index` is its place in the experiment. */
export interface ChartAgent {
  readonly agentId: AgentId;
  readonly index: number;
  readonly proposals: readonly Proposal[];
  /** By iteration, what its policy was accepted at; undefined when no proposal was judged on samples. */
  readonly accepted: ReadonlyMap<number, AcceptedCost> | undefined;
}

/** All agents of the experiment; those that are drawn are chosen from these. */
function chartAgents(detail: ExperimentDetail): readonly ChartAgent[] {
  const proposals = new Map<AgentId, Proposal[]>(detail.agents.map((agent) => [agent, []]));
  for (const proposal of detail.proposals) proposals.get(proposal.agentId)?.push(proposal);
  return detail.agents.map((agentId, index) => {
    const own = (proposals.get(agentId) ?? []).sort((a, b) => a.iteration - b.iteration);
    const accepted = isSampled(own) ? acceptedCosts(detail.iterations, own, agentId) : undefined;
    return { agentId, index, proposals: own, accepted };
  });
}
