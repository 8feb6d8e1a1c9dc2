import type { Cents } from '../../lib/units.ts';

/**
 * The first total cost of an experiment: that of iteration 0, as iterations are stored 0-based (domain.md 5.1). Undefined
 * where its row is missing or lost its number: what the next row cost is another number. `earliest` of the stored rows.
 */
export function firstCostCents(
  earliest: { readonly iteration: number; readonly totalCents: Cents | undefined } | undefined,
): Cents | undefined {
  return earliest?.iteration === 0 ? earliest.totalCents : undefined;
}

/**
 * Whether an iteration after these, in their order, may be among the rows that have lost their number. Not where numbers
 * missing below the last account for all of them: iterations are numbered without gaps (domain.md 5.1).
 */
export function mayLackLast(iterations: readonly number[], unplacedRows: number): boolean {
  const last = iterations.at(-1) ?? -1;
  return unplacedRows > Math.max(0, last + 1 - new Set(iterations).size);
}
