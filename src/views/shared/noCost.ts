import { plural } from '../../lib/format.ts';
import type { ExperimentSummary } from '../../domain/experiment/normalised.ts';

/** Why an experiment has no first, final or best total; a sum over a part that cannot be read is unknown. */
export function noCost({
  unreadableCosts,
  unplacedRows,
}: Pick<ExperimentSummary, 'unreadableCosts' | 'unplacedRows'>): string {
  if (unplacedRows > 0)
    return `unknown: ${plural(unplacedRows, 'row')} of iterations cannot be placed, and may hold it`;
  return unreadableCosts > 0
    ? 'unknown: a stored cost cannot be read'
    : 'no iteration has a cost for every agent';
}

/** Why an experiment has no first total: that of iteration 0. */
export function noFirstCost(
  summary: Pick<ExperimentSummary, 'unreadableCosts' | 'unplacedRows' | 'bestCostCents'>,
): string {
  return summary.bestCostCents === undefined || summary.unreadableCosts > 0
    ? noCost(summary)
    : 'iteration 0 is not stored, or has no cost for every agent';
}

/** Beside a best total: `3 totals cannot be read`, of which each may have been lower. */
export function unreadTotalsWords(count: number): string {
  return `${plural(count, 'total')} cannot be read`;
}
