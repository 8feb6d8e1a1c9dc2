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
