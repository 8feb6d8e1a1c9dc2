import type { Verdict } from '../../domain/experiment/verdict.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { JsonObject } from '../../lib/json.ts';
import type { Cents } from '../../lib/units.ts';

/** What became of an earlier proposal of the same agent. */
export interface PastProposal {
  readonly iteration: number;
  readonly verdict: Verdict;
  /** Absent when the answer was not readable. */
  readonly policy: JsonObject | undefined;
  readonly oldCostCents: Cents | undefined;
  readonly newCostCents: Cents | undefined;
}

/** Everything a proposer is told: facts of one agent, none of another's (INV-11). */
export interface ProposalContext {
  readonly masterSeed: number;
  readonly iteration: number;
  readonly agentId: AgentId;
  readonly policy: JsonObject;
  readonly costCents: Cents;
  /** Oldest first. */
  readonly history: readonly PastProposal[];
}

/** One exchange, word for word. */
export interface ProposerAnswer {
  readonly systemPrompt: string;
  readonly userPrompt: string;
  readonly rawResponse: string;
}

/** Something that suggests the next policy. The same context must give the same answer, or no run repeats. */
export interface Proposer {
  readonly model: string;
  propose(context: ProposalContext): Promise<ProposerAnswer>;
}

/** The context as text: JSON, so that what was said can be read by people and programs alike. */
export function contextText(context: ProposalContext): string {
  const { iteration, agentId, policy, costCents, history } = context;
  const past = history.map((proposal) => ({
    iteration: proposal.iteration,
    verdict: proposal.verdict,
    parameters: proposal.policy?.parameters ?? null,
    old_cost: optional(proposal.oldCostCents),
    new_cost: optional(proposal.newCostCents),
  }));
  return JSON.stringify(
    { iteration, agent_id: agentId, cost: Number(costCents), policy, history: past },
    null,
    1,
  );
}

/** Cents as a JSON number: exact, the simulator refuses amounts beyond 2^53. */
function optional(cents: Cents | undefined): number | null {
  return cents === undefined ? null : Number(cents);
}
