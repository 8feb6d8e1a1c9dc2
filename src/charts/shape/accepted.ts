import type { AgentId } from '../../lib/ids.ts';
import type { IterationRow, Proposal } from '../../domain/experiment/normalised.ts';
import { centsToPlotNumber, type Cents } from '../../lib/units.ts';
import type { LinePoint } from './panel.ts';
import { lineOver, plotNumber } from './lines.ts';

/** What the policy in force was accepted at. */
export interface AcceptedCost {
  readonly costCents: Cents | undefined;
  /** Stored 95 % interval of the accepted proposal's mean new cost; undefined for the baseline. */
  readonly intervalCents: readonly [Cents, Cents] | undefined;
}

/** Whether the proposals were judged on samples, so that one policy has several measured costs. */
export function isSampled(proposals: readonly Proposal[]): boolean {
  return proposals.some((proposal) => (proposal.sampleCount ?? 0) > 1);
}

/**
 * The accepted trajectory of an agent whose proposals were judged on samples. In iteration k it is the new cost of
 * the proposal by which the policy in force was accepted (a proposal of an earlier iteration), carried over
 * rejections with its interval. The baseline, and an accepted proposal without a recorded new cost, have the cost
 * first measured while they were in force.
 */
export function acceptedCosts(
  rows: readonly IterationRow[],
  proposals: readonly Proposal[],
  agent: AgentId,
): ReadonlyMap<number, AcceptedCost> {
  const accepted = proposals.filter((proposal) => proposal.verdict === 'accepted');
  let next = 0;
  let costCents: Cents | undefined;
  let intervalCents: readonly [Cents, Cents] | undefined;
  const costs = new Map<number, AcceptedCost>();
  for (const row of rows) {
    for (let proposal = accepted[next]; proposal !== undefined; proposal = accepted[next]) {
      if (proposal.iteration >= row.iteration) break;
      costCents = proposal.newCostCents;
      intervalCents = proposal.newCostIntervalCents;
      next += 1;
    }
    costCents ??= row.costsCents.get(agent);
    costs.set(row.iteration, { costCents, intervalCents });
  }
  return costs;
}

/** `acceptedCosts` as a line with its band. */
export function acceptedLine(
  rows: readonly IterationRow[],
  costs: ReadonlyMap<number, AcceptedCost>,
): readonly LinePoint[] {
  return lineOver(
    rows,
    (row) => plotNumber(costs.get(row.iteration)?.costCents),
    (row) => {
      const interval = costs.get(row.iteration)?.intervalCents;
      return interval === undefined
        ? undefined
        : [centsToPlotNumber(interval[0]), centsToPlotNumber(interval[1])];
    },
  );
}
