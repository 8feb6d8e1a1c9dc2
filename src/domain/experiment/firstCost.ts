import type { Cents } from '../../lib/units.ts';

/**
 * The first total cost of an experiment: that of iteration 0, as iterations are stored 0-based (domain.md 5.1). Undefined
 * where its row is missing or lost its number: what the next row cost is another number. `rows` in their order.
 */
export function firstCostCents(
  rows: readonly { readonly iteration: number; readonly totalCents: Cents | undefined }[],
): Cents | undefined {
  return rows[0]?.iteration === 0 ? rows[0].totalCents : undefined;
}
