import type { AgentId } from '../../lib/ids.ts';
import type { ExperimentDetail, Proposal } from '../../domain/experiment/normalised.ts';
import { acceptedCosts, isSampled, type AcceptedCost } from './accepted.ts';

/** One agent with its proposals in order of iteration; `index` is its place in the experiment. */
export interface ChartAgent {
  readonly agentId: AgentId;
  readonly index: number;
  readonly proposals: readonly Proposal[];
  /** By iteration, what its policy was accepted at; undefined when no proposal was judged on samples. */
  readonly accepted: ReadonlyMap<number, AcceptedCost> | undefined;
}

/** All agents of the experiment; those that are drawn are chosen from these. */
export function chartAgents(detail: ExperimentDetail): readonly ChartAgent[] {
  const proposals = new Map<AgentId, Proposal[]>(detail.agents.map((agent) => [agent, []]));
  for (const proposal of detail.proposals) proposals.get(proposal.agentId)?.push(proposal);
  return detail.agents.map((agentId, index) => {
    const own = (proposals.get(agentId) ?? []).sort((a, b) => a.iteration - b.iteration);
    const accepted = isSampled(own) ? acceptedCosts(detail.iterations, own, agentId) : undefined;
    return { agentId, index, proposals: own, accepted };
  });
}
