import { formatMoney, plural } from '../../lib/format.ts';
import type { Proposal } from '../../domain/experiment/normalised.ts';
import { savingOf, storedDifference } from '../../domain/experiment/saving.ts';

/** Why a proposal has no saving: what it is made of is stored and cannot be read, or is not stored. */
export function noSaving(proposal: Proposal | undefined): string {
  return isCostUnread(proposal) ? 'unknown: a stored cost cannot be read' : 'not recorded';
}

/** Whether a cost or the delta of a proposal is stored and no amount. */
export function isCostUnread(proposal: Proposal | undefined): boolean {
  const stored = proposal?.unreadable;
  return ['oldCostCents', 'newCostCents', 'deltaSumCents'].some((field) => stored?.has(field) === true);
}

/** What a saving is the mean of, and why old minus new may differ; undefined for a single comparison. */
export function savingNote(proposal: Proposal): string | undefined {
  const saving = savingOf(proposal);
  const contradicted = saving?.contradictedDeltaCents;
  if (saving !== undefined && contradicted !== undefined) {
    const stored =
      saving.samples === undefined
        ? 'The stored delta'
        : `The stored sum over ${plural(saving.samples, 'sample')}`;
    return `Old minus new. ${stored}, ${formatMoney(contradicted)}, contradicts it.`;
  }
  if (saving?.sumCents === undefined) return undefined;
  const difference = storedDifference(proposal);
  const rounding =
    difference === undefined ? 'difference ±1 cent' : `their difference is ${formatMoney(difference)}`;
  return `Mean of ${saving.samples} paired savings, sum ${formatMoney(saving.sumCents)}. Old and new cost are rounded down to cents; ${rounding}.`;
}
