import { storedAs } from '../../domain/unreadable/lostCells.ts';
import { formatMoney } from '../../lib/format.ts';
import type { Proposal } from '../../domain/experiment/normalised.ts';
import type { Cents } from '../../lib/units.ts';
import type { ChartAgent } from './agents.ts';
import type { FigureInput } from './figureInput.ts';
import { formatParameter, parameterLabel } from './parameters.ts';
import { formatShare } from './proposalPanels.ts';
import type { ReadoutFact } from './readout.ts';
import { savingOf } from '../../domain/experiment/saving.ts';

/** The policy in force: its parameter, its measured cost, and what it was accepted at where that differs. */
export function policyFacts(
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
export function proposalFacts(proposal: Proposal, parameter: string | undefined): readonly ReadoutFact[] {
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
export function comparedFacts(
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
  const savingLabel = saving?.samples === undefined ? 'saving' : `mean saving of ${saving.samples} samples`;
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
