import type { ExperimentIterationRow } from '../schema/models/experimentIterations.ts';
import { addCents, cents, type Cents } from '../lib/units.ts';

export interface OutcomeCosts {
  readonly finalCostCents?: Cents;
  readonly bestCostCents?: Cents;
}

const total = (iteration: ExperimentIterationRow): Cents =>
  [...iteration.costsPerAgent.values()].reduce(addCents, cents(0n));

/** Final and best total cost of iterations in order; both absent where there are none (domain.md 9.3). */
export function outcomeCosts(iterations: readonly ExperimentIterationRow[]): OutcomeCosts {
  const totals = iterations.map(total);
  const finalCostCents = totals.at(-1);
  if (finalCostCents === undefined) return {};
  return { finalCostCents, bestCostCents: totals.reduce((best, next) => (next < best ? next : best)) };
}
