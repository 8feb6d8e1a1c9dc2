import type { Proposal } from '../../domain/experiment/normalised.ts';
import { savingOf } from '../../domain/experiment/saving.ts';
import { invalidWords, kindWords, rejectionWords } from '../../domain/experiment/verdict.ts';

/** A word or two beside a verdict: which rule, or that it was derived. */
export function verdictDetail(proposal: Proposal): string | undefined {
  if (proposal.invalidBecause === 'failed validation') return invalidWords['failed validation'];
  if (proposal.rejectionKind === 'worse') return costWords(proposal);
  if (proposal.rejectionKind === undefined) return undefined;
  return rejectionWords(proposal.rejectionKind, proposal.reason);
}

/** What the numbers say, whatever the reason says. */
function costWords(proposal: Proposal): string {
  const saving = savingOf(proposal);
  if (saving === undefined) return kindWords.worse;
  const sum = saving.sumCents ?? saving.cents;
  return sum < 0n ? 'dearer' : sum === 0n ? 'same cost' : 'cheaper';
}
