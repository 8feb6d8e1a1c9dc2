import type { Proposal, VerdictCounts } from '../../schema/normalised.ts';
import type { Verdict } from '../../schema/verdict.ts';

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
