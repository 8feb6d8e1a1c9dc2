import { formatMoney } from '../../lib/format.ts';
import type { AgentId } from '../../schema/ids.ts';
import type { Proposal } from '../../schema/normalised.ts';
import type { Verdict } from '../../schema/verdict.ts';
import type { ChartAgent } from './agents.ts';
import type { FigureInput } from './figureInput.ts';
import { formatParameter, parameterLabel } from './parameters.ts';
import { formatShare } from './proposalPanels.ts';
import { savingOf } from './saving.ts';

/** A named exact value, ready to be read. */
export interface ReadoutFact {
  readonly label: string;
  readonly text: string;
}

export interface ProposalReadout {
  readonly verdict: Verdict;
  readonly facts: readonly ReadoutFact[];
  /** Stored words, as they are. */
  readonly reason: string | undefined;
}

export interface AgentReadout {
  readonly agentId: AgentId;
  readonly agentIndex: number;
  readonly policy: readonly ReadoutFact[];
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
        proposal: proposal === undefined ? undefined : proposalReadout(proposal, parameter),
      };
    }),
  };
}

function policyFacts(
  input: FigureInput,
  agent: ChartAgent,
  iteration: number,
  parameter: string | undefined,
): readonly ReadoutFact[] {
  const row = input.rows.get(iteration);
  const cost = row?.costsCents.get(agent.agentId);
  const value = parameter === undefined ? undefined : row?.parameters.get(agent.agentId)?.get(parameter);
  const accepted = agent.accepted?.get(iteration);
  return [
    ...(parameter === undefined ? [] : [parameterFact(parameter, value, 'not in this policy')]),
    { label: 'cost', text: cost === undefined ? 'not recorded' : formatMoney(cost) },
    ...(accepted?.costCents !== undefined && accepted.costCents !== cost
      ? [{ label: 'accepted at', text: withInterval(accepted.costCents, accepted.intervalCents) }]
      : []),
  ];
}

function proposalReadout(proposal: Proposal, parameter: string | undefined): ProposalReadout {
  const { oldCostCents, newCostCents, settlementRate, newCostIntervalCents } = proposal;
  const isReadable = proposal.verdict !== 'invalid';
  const saving = savingOf(proposal);
  const facts: readonly ReadoutFact[] = [
    ...(parameter === undefined || !isReadable
      ? []
      : [parameterFact(parameter, proposal.parameters.get(parameter), 'not in this proposal')]),
    ...(oldCostCents === undefined ? [] : [{ label: 'old cost', text: formatMoney(oldCostCents) }]),
    ...(newCostCents === undefined
      ? []
      : [{ label: 'new cost', text: withInterval(newCostCents, newCostIntervalCents) }]),
    ...(newCostCents === undefined && isReadable ? [{ label: 'new cost', text: 'not recorded' }] : []),
    ...(saving === undefined
      ? []
      : [
          {
            label: saving.samples === undefined ? 'saving' : `mean saving of ${saving.samples} samples`,
            text: formatMoney(saving.cents),
          },
        ]),
    ...(settlementRate === undefined
      ? []
      : [{ label: 'settlement rate', text: formatShare(settlementRate) }]),
  ];
  return { verdict: proposal.verdict, facts, reason: proposal.reason };
}

function parameterFact(parameter: string, value: number | undefined, absent: string): ReadoutFact {
  const text = value === undefined ? absent : formatParameter(parameter, value);
  return { label: parameterLabel(parameter).toLowerCase(), text };
}

function withInterval(
  value: NonNullable<Proposal['newCostCents']>,
  interval: Proposal['newCostIntervalCents'],
): string {
  if (interval === undefined) return formatMoney(value);
  return `${formatMoney(value)} (95 % ${formatMoney(interval[0])} to ${formatMoney(interval[1])})`;
}
