import type { AgentId } from '../../lib/ids.ts';
import type { Proposal } from '../../domain/experiment/normalised.ts';
import type { Verdict } from '../../domain/experiment/verdict.ts';
import type { ChartAgent } from './agents.ts';
import type { FigureInput } from './figureInput.ts';
import { comparedFacts, policyFacts, proposalFacts } from './readoutFacts.ts';
import { formatMoney } from '../../lib/format.ts';

/** A named exact value, ready to be read. */
export interface ReadoutFact {
  readonly label: string;
  readonly text: string;
}

export interface ProposalReadout {
  readonly verdict: Verdict;
  /** Of an invalid one, where it is known. */
  readonly invalidBecause?: 'not parsed' | 'failed validation' | undefined;
  readonly facts: readonly ReadoutFact[];
  /** Stored words, as they are. */
  readonly reason: string | undefined;
}

export interface AgentReadout {
  readonly agentId: AgentId;
  readonly agentIndex: number;
  /** For the ear: the policy in force by itself. */
  readonly policy: readonly ReadoutFact[];
  /** For the eye: policy and proposal side by side, `17 % → 15 %`. */
  readonly compared: readonly ReadoutFact[];
  readonly proposal: ProposalReadout | undefined;
}

/** Every exact value of one iteration, for the agents shown. */
export interface Readout {
  readonly iteration: number;
  readonly total: string | undefined;
  readonly agents: readonly AgentReadout[];
}

/** What the figure knows about one iteration. */
export function readoutOf(
  input: FigureInput,
  agents: readonly ChartAgent[],
  iteration: number,
  parameter: string | undefined,
): Readout {
  const row = input.rows.get(iteration);
  return {
    iteration,
    total: row?.totalCents === undefined ? undefined : formatMoney(row.totalCents),
    agents: agents.map((agent) => {
      const proposal = agent.proposals.find((candidate) => candidate.iteration === iteration);
      return {
        agentId: agent.agentId,
        agentIndex: agent.index,
        policy: policyFacts(input, agent, iteration, parameter),
        compared: comparedFacts(input, agent, iteration, parameter, proposal),
        proposal: proposal === undefined ? undefined : proposalReadout(proposal, parameter),
      };
    }),
  };
}

function proposalReadout(proposal: Proposal, parameter: string | undefined): ProposalReadout {
  const { verdict, invalidBecause, reason } = proposal;
  return {
    verdict,
    facts: proposalFacts(proposal, parameter),
    reason,
    ...(invalidBecause === undefined ? {} : { invalidBecause }),
  };
}
