import type { Proposal } from '../../schema/normalised.ts';
import { kindWords } from './words.ts';

/** A word or two beside a verdict: which rule, or that it was derived. */
export function verdictDetail(proposal: Proposal): string | undefined {
  if (proposal.rejectionKind !== undefined) return kindWords[proposal.rejectionKind];
  return undefined;
}
