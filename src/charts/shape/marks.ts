import type { IterationRow, Proposal } from '../../domain/experiment/normalised.ts';
import type { ChartAgent } from './figureInput.ts';
import { plotNumber } from './lines.ts';
import type { ChartLine, ChartMark, MarkPlace } from './panel.ts';
import { savingOf } from '../../domain/experiment/saving.ts';

const missing: MarkPlace = { on: 'rail', rail: 'missing' };

/** Where a proposal stands that has no height: what cannot be read is not what is not there. */
function without(proposal: Proposal, ...fields: readonly (keyof Proposal)[]): MarkPlace {
  const isStored = fields.some((field) => proposal.unreadable?.has(field) === true);
  return isStored ? { on: 'rail', rail: 'unreadable' } : missing;
}

const at = (value: number): MarkPlace => ({ on: 'plot', value });

/** Stored iterations by their number. */
export type RowIndex = ReadonlyMap<number, IterationRow>;

function proposalMark(agent: ChartAgent, proposal: Proposal, place: MarkPlace, tiedTo?: number): ChartMark {
  return {
    iteration: proposal.iteration,
    agentId: agent.agentId,
    agentIndex: agent.index,
    kind: proposal.verdict,
    place,
    tiedTo,
  };
}

/** The marks of those proposals that have one. */
function marksOf(
  agent: ChartAgent,
  markOf: (proposal: Proposal) => ChartMark | undefined,
): readonly ChartMark[] {
  const marks: ChartMark[] = [];
  for (const proposal of agent.proposals) {
    const mark = markOf(proposal);
    if (mark !== undefined) marks.push(mark);
  }
  return marks;
}

/**
 * Proposals in the parameter panel: a turned-down or undecided one where it wanted the parameter, one without a
 * readable policy at the value in force. An accepted one is the next step of the line. A proposal without this
 * parameter has no place here; the readout and the table have it.
 */
export function parameterMarks(agent: ChartAgent, rows: RowIndex, parameter: string): readonly ChartMark[] {
  const markAt = (proposal: Proposal, value: number | undefined): ChartMark | undefined =>
    value === undefined ? undefined : proposalMark(agent, proposal, at(value));
  return marksOf(agent, (proposal) => {
    switch (proposal.verdict) {
      case 'accepted':
        return undefined;
      case 'rejected':
      case 'pending':
        return markAt(proposal, proposal.parameters.get(parameter));
      case 'invalid':
      case 'no_change':
        return markAt(proposal, rows.get(proposal.iteration)?.parameters.get(agent.agentId)?.get(parameter));
    }
  });
}

/**
 * Proposals in the cost panel. Rejected and pending ones stand at their new cost, tied to the cost of the policy
 * they would have replaced; what has no recorded new cost stands on the rail, never at an invented height. An
 * unparsable or unchanged one stands above the current cost. An accepted one is the next point of the trajectory,
 * and is drawn here only when no later iteration was stored.
 */
export function costMarks(agent: ChartAgent, rows: RowIndex): readonly ChartMark[] {
  return marksOf(agent, (proposal) => {
    const current = plotNumber(rows.get(proposal.iteration)?.costsCents.get(agent.agentId));
    switch (proposal.verdict) {
      case 'accepted':
        return rows.has(proposal.iteration + 1) ? undefined : newCostMark(agent, proposal, current);
      case 'rejected':
      case 'pending':
        return newCostMark(agent, proposal, current);
      case 'invalid':
      case 'no_change':
        return proposalMark(
          agent,
          proposal,
          current === undefined ? missing : { on: 'above', value: current },
        );
    }
  });
}

function newCostMark(agent: ChartAgent, proposal: Proposal, current: number | undefined): ChartMark {
  const cost = plotNumber(proposal.newCostCents);
  return cost === undefined
    ? proposalMark(agent, proposal, without(proposal, 'newCostCents'))
    : proposalMark(agent, proposal, at(cost), current);
}

/** Every proposal at what it saves. */
export function savingMarks(agent: ChartAgent): readonly ChartMark[] {
  return agent.proposals.map((proposal) => {
    const saving = savingOf(proposal);
    const place = without(proposal, 'oldCostCents', 'newCostCents', 'deltaSumCents');
    return proposalMark(agent, proposal, saving === undefined ? place : at(saving.plot));
  });
}

/** Every proposal at the share of payments that settled with it. */
export function settlementMarks(agent: ChartAgent): readonly ChartMark[] {
  return agent.proposals.map((proposal) => {
    const rate = proposal.settlementRate;
    const place = without(proposal, 'settlementRate');
    if (rate !== undefined && (rate < 0 || rate > 1))
      return proposalMark(agent, proposal, { on: 'rail', rail: 'outside' });
    return proposalMark(agent, proposal, rate === undefined ? place : at(rate));
  });
}

/** A dot at every value of an agent's trajectory. */
export function policyMarks(agent: ChartAgent, line: ChartLine): readonly ChartMark[] {
  return line.points.flatMap(({ iteration, value }) =>
    value === undefined
      ? []
      : [
          {
            iteration,
            agentId: agent.agentId,
            agentIndex: agent.index,
            kind: 'policy' as const,
            place: at(value),
            tiedTo: undefined,
          },
        ],
  );
}
