import { formatMoney } from '../../lib/format.ts';
import type { Proposal } from '../../domain/experiment/normalised.ts';
import { savingOf, type Saving } from '../../domain/experiment/saving.ts';
import { cents, subtractCents } from '../../lib/units.ts';

/** The saving in words: old minus new, the mean over paired samples where there are any. */
export function deltaSentence(proposal: Proposal): string {
  if (proposal.verdict === 'invalid') {
    return proposal.invalidBecause === 'failed validation'
      ? 'The policy in the answer failed validation, so nothing was evaluated.'
      : 'No usable policy could be read from the answer, so nothing was evaluated.';
  }
  const saving = savingOf(proposal);
  if (saving === undefined) return 'What the proposal would have cost is not recorded in this file.';
  const on = saving.samples === undefined ? '' : ` on the mean of ${saving.samples} samples`;
  const exact = saving.sumCents ?? saving.cents;
  if (exact === 0n) return `The proposal costs the same as the policy in force${on}.${contradicted(saving)}`;
  const words = `${sizeOf(saving)} ${exact > 0n ? 'cheaper' : 'dearer'} than`;
  return `The proposal is ${words} the policy in force${on} (delta ${formatMoney(saving.cents)}: old minus new, positive is cheaper).${contradicted(saving)}`;
}

function contradicted({ contradictedDeltaCents: stored, samples }: Saving): string {
  if (stored === undefined) return '';
  const what = samples === undefined ? 'delta' : 'sum of the deltas';
  return ` The stored ${what}, ${formatMoney(stored)}, contradicts the costs.`;
}

function sizeOf({ cents: saving }: Saving): string {
  if (saving === 0n) return 'less than a cent';
  return formatMoney(saving < 0n ? subtractCents(cents(0n), saving) : saving);
}
