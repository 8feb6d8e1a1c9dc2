import type { Proposal } from '../experiment/normalised.ts';
import { savingOf } from '../experiment/saving.ts';

/** What became of a proposal and why, in the order in which the rejection desk groups them. */
export const proposalKinds = [
  'cheaper',
  'worse',
  'not_significant',
  'unstable',
  'below_floor',
  'unknown',
  'no_change',
  'invalid',
  'failed_call',
  'pending',
  'accepted',
] as const;
export type ProposalKind = (typeof proposalKinds)[number];

/**
 * The kind of a judged proposal. `answerWords`: words of the proposer's answer, where the exchange was read; a call
 * that brought none back failed before there was anything to parse. A rejection as dearer is `worse` only where the
 * numbers do not say that the proposal is cheaper.
 */
export function kindOf(
  proposal: Parameters<typeof savingOf>[0] & Pick<Proposal, 'verdict' | 'rejectionKind'>,
  answerWords?: number,
): ProposalKind {
  switch (proposal.verdict) {
    case 'rejected':
      if (proposal.rejectionKind === 'worse' && (savingOf(proposal)?.plot ?? 0) > 0) return 'cheaper';
      return proposal.rejectionKind ?? 'unknown';
    case 'invalid':
      return answerWords === 0 ? 'failed_call' : 'invalid';
    case 'accepted':
    case 'no_change':
    case 'pending':
      return proposal.verdict;
  }
}

/** Turned down for whatever reason: what the desk shows unless asked otherwise. */
export function isTurnedDown(kind: ProposalKind): boolean {
  return kind !== 'accepted' && kind !== 'pending';
}
