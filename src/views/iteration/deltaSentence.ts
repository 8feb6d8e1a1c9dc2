import { formatMoney } from '../../lib/format.ts';
import type { Proposal } from '../../schema/normalised.ts';
import { subtractCents } from '../../schema/units.ts';

/** The sign of the delta in words: old minus new, so positive is a saving. */
export function deltaSentence(proposal: Proposal): string {
  const { oldCostCents, newCostCents, sampleCount } = proposal;
  if (proposal.verdict === 'invalid')
    return 'No usable policy could be read from the answer, so nothing was evaluated.';
  if (oldCostCents === undefined || newCostCents === undefined) {
    return 'What the proposal would have cost is not recorded in this file.';
  }
  const delta = subtractCents(oldCostCents, newCostCents);
  const size = delta < 0n ? subtractCents(newCostCents, oldCostCents) : delta;
  const on = sampleCount !== undefined && sampleCount > 1 ? ` on the mean of ${sampleCount} samples` : '';
  if (delta === 0n) return `The proposal costs the same as the policy in force${on}.`;
  const amount = formatMoney(size);
  const words = delta > 0n ? `${amount} cheaper than` : `${amount} dearer than`;
  return `The proposal is ${words} the policy in force${on} (delta ${formatMoney(delta)}: old minus new, positive is a saving).`;
}
