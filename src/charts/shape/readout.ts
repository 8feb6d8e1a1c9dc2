import { plainStoredReason } from '../../domain/acceptance/reasons.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { Bounds } from '../../domain/answers/experiments.ts';
import type { Proposal } from '../../domain/experiment/normalised.ts';
import type { Verdict } from '../../domain/experiment/verdict.ts';
import type { ChartAgent, FigureInput } from './figureInput.ts';
import { formatMoney, plural } from '../../lib/format.ts';
import { storedAs } from '../../domain/unreadable.ts';
import type { Cents } from '../../lib/units.ts';
import { formatParameter, parameterLabel, formatShare } from './figurePanels.ts';
import { savingOf } from '../../domain/experiment/saving.ts';

/** A named exact value, ready to be read. */
export interface ReadoutFact {
  readonly label: string;
  readonly text: string;
  /** Where the value is known within these only. */
  readonly bounds?: Bounds<Cents> | undefined;
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
  /** Where there is no proposal: what the file tells of that. */
  readonly noProposal: string;
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
        noProposal: input.noProposalIn(iteration),
      };
    }),
  };
}

function proposalReadout(proposal: Proposal, parameter: string | undefined): ProposalReadout {
  const { verdict, invalidBecause, reason } = proposal;
  return {
    verdict,
    facts: proposalFacts(proposal, parameter),
    reason: reason === undefined ? undefined : plainStoredReason(reason),
    ...(invalidBecause === undefined ? {} : { invalidBecause }),
  };
}

/** The policy in force: its parameter, its measured cost, and what it was accepted at where that differs. */
function policyFacts(
  input: FigureInput,
  agent: ChartAgent,
  iteration: number,
  parameter: string | undefined,
): readonly ReadoutFact[] {
  const row = input.rows.get(iteration);
  const cost = row?.costsCents.get(agent.agentId);
  const value = parameter === undefined ? undefined : row?.parameters.get(agent.agentId)?.get(parameter);
  return [
    ...(parameter === undefined ? [] : [parameterFact(parameter, value, 'not in this policy')]),
    { label: 'cost', text: moneyText(cost, row?.unreadableCosts.get(agent.agentId)) },
    ...acceptedFacts(agent, iteration, cost),
  ];
}

function moneyText(cost: Cents | undefined, stored: string | undefined): string {
  if (cost !== undefined) return formatMoney(cost);
  return stored === undefined ? 'not recorded' : storedAs(stored, 'cents');
}

function acceptedFacts(
  agent: ChartAgent,
  iteration: number,
  cost: Cents | undefined,
): readonly ReadoutFact[] {
  const accepted = agent.accepted?.get(iteration);
  if (accepted?.costCents === undefined || accepted.costCents === cost) return [];
  return [
    { label: 'accepted at', text: formatMoney(accepted.costCents) },
    ...intervalFacts('95 % of that mean', accepted.intervalCents),
  ];
}

/** The proposal: its parameter, its costs, what it saves, what share settled. */
function proposalFacts(proposal: Proposal, parameter: string | undefined): readonly ReadoutFact[] {
  const { oldCostCents, newCostCents } = proposal;
  const isReadable = proposal.verdict !== 'invalid';
  return [
    ...(parameter === undefined || !isReadable
      ? []
      : [parameterFact(parameter, proposal.parameters.get(parameter), 'not in this proposal')]),
    ...(oldCostCents === undefined ? [] : [{ label: 'old cost', text: formatMoney(oldCostCents) }]),
    ...(newCostCents === undefined && !isReadable
      ? []
      : [
          {
            label: 'new cost',
            text: moneyText(newCostCents, proposal.unreadable?.get('newCostCents')),
          },
        ]),
    ...judgedFacts(proposal),
  ];
}

/** Policy in force and proposal in one line per quantity. */
function comparedFacts(
  input: FigureInput,
  agent: ChartAgent,
  iteration: number,
  parameter: string | undefined,
  proposal: Proposal | undefined,
): readonly ReadoutFact[] {
  const policy = policyFacts(input, agent, iteration, parameter);
  if (proposal === undefined || proposal.verdict === 'invalid') return policy;
  const proposed = parameter === undefined ? undefined : proposal.parameters.get(parameter);
  const measured = input.rows.get(iteration)?.costsCents.get(agent.agentId);
  const { oldCostCents = measured, newCostCents } = proposal;
  const isSameOld = oldCostCents === measured;
  const compared = policy.map(({ label, text }, index) => {
    if (parameter !== undefined && index === 0 && proposed !== undefined) {
      return { label, text: `${text} → ${formatParameter(parameter, proposed)}` };
    }
    if (label === 'cost' && isSameOld && newCostCents !== undefined) {
      return { label, text: `${text} → ${formatMoney(newCostCents)}` };
    }
    return { label, text };
  });
  return [
    ...compared,
    ...(isSameOld || newCostCents === undefined || oldCostCents === undefined
      ? []
      : [{ label: 'judged at', text: `${formatMoney(oldCostCents)} → ${formatMoney(newCostCents)}` }]),
    ...(newCostCents === undefined
      ? [{ label: 'new cost', text: moneyText(undefined, proposal.unreadable?.get('newCostCents')) }]
      : []),
    ...judgedFacts(proposal),
  ];
}

function judgedFacts(proposal: Proposal): readonly ReadoutFact[] {
  const saving = savingOf(proposal);
  const rate = proposal.settlementRate;
  const savingLabel =
    saving?.samples === undefined ? 'saving' : `mean saving of ${plural(saving.samples, 'sample')}`;
  return [
    ...intervalFacts('95 % of new cost', proposal.newCostIntervalCents),
    ...(saving === undefined ? [] : [{ label: savingLabel, text: formatMoney(saving.cents) }]),
    ...(rate === undefined ? [] : [{ label: 'settlement rate', text: formatShare(rate) }]),
  ];
}

function parameterFact(parameter: string, value: number | undefined, absent: string): ReadoutFact {
  const text = value === undefined ? absent : formatParameter(parameter, value);
  return { label: parameterLabel(parameter).toLowerCase(), text };
}

function intervalFacts(label: string, interval: readonly [Cents, Cents] | undefined): readonly ReadoutFact[] {
  if (interval === undefined) return [];
  return [{ label, text: `${formatMoney(interval[0])} to ${formatMoney(interval[1])}` }];
}
