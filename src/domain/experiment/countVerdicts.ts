import type { Proposal, VerdictCounts } from './normalised.ts';
import type { Verdict } from './verdict.ts';

/** Proposals by verdict, counted alike on list, experiment page and desk. */
export function countVerdicts(proposals: readonly Proposal[]): VerdictCounts {
  const of = (verdict: Verdict) => proposals.filter((proposal) => proposal.verdict === verdict).length;
  return {
    accepted: of('accepted'),
    rejected: of('rejected'),
    noChange: of('no_change'),
    invalid: of('invalid'),
    pending: of('pending'),
  };
}
