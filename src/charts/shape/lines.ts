import type { IterationRow, Proposal } from '../../domain/experiment/normalised.ts';
import type { AgentId } from '../../lib/ids.ts';
import { centsToPlotNumber, type Cents } from '../../lib/units.ts';
import type { LinePoint } from './panel.ts';

/** One point per stored iteration, and a break where iterations are missing between two stored ones. */
export function lineOver(
  rows: readonly IterationRow[],
  valueOf: (row: IterationRow) => number | undefined,
  intervalOf: (row: IterationRow) => LinePoint['interval'] = () => undefined,
): readonly LinePoint[] {
  const points: LinePoint[] = [];
  let previous: number | undefined;
  for (const row of rows) {
    const { iteration } = row;
    if (previous !== undefined && iteration > previous + 1) {
      points.push({ iteration: previous + 1, value: undefined, interval: undefined });
    }
    points.push({ iteration, value: valueOf(row), interval: intervalOf(row) });
    previous = iteration;
  }
  return points;
}

/** The parameter of the policy in force. */
export function parameterLine(
  rows: readonly IterationRow[],
  agent: AgentId,
  parameter: string,
): readonly LinePoint[] {
  return lineOver(rows, (row) => row.parameters.get(agent)?.get(parameter));
}

/** `costs_per_agent[k]`: the cost of the policy in force, measured in iteration k. */
export function measuredLine(rows: readonly IterationRow[], agent: AgentId): readonly LinePoint[] {
  return lineOver(rows, (row) => plotNumber(row.costsCents.get(agent)));
}

export function totalLine(rows: readonly IterationRow[]): readonly LinePoint[] {
  return lineOver(rows, (row) => plotNumber(row.totalCents));
}

/** Cents as a position, absence kept. */
export function plotNumber(value: Cents | undefined): number | undefined {
  return value === undefined ? undefined : centsToPlotNumber(value);
}

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
