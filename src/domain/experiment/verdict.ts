import type { Proposal, VerdictCounts, ExperimentDetail, ExperimentSummary } from './normalised.ts';
import { savingOf } from './saving.ts';

/** What became of a proposed policy. */
export const verdicts = ['accepted', 'rejected', 'no_change', 'invalid', 'pending'] as const;
export type Verdict = (typeof verdicts)[number];

/** Where a verdict was read, in the order of trust of domain.md 9.4. */
export type VerdictSource =
  | 'evaluation row'
  | 'event'
  | 'accepted_changes'
  | 'exchange'
  | 'derived from the next iteration'
  | 'no next iteration';

/** Which rule turned a proposal down. */
export type RejectionKind = 'worse' | 'not_significant' | 'unstable' | 'below_floor' | 'unknown';

/**
 * The rule behind a stored `acceptance_reason` (strings of domain.md 6.4). A reason that is not one of
 * these stays `unknown`; the stored words are always shown beside it.
 */
export function classifyRejection(reason: string | undefined): RejectionKind {
  if (reason === undefined) return 'unknown';
  if (reason === 'cost_not_improved' || reason.startsWith('delta_sum ≤ 0')) return 'worse';
  if (reason.startsWith('Mean improvement is negative or zero')) return 'worse';
  if (reason.startsWith('Improvement not statistically significant')) return 'not_significant';
  if (reason.startsWith('Variance too high')) return 'unstable';
  if (reason.startsWith('Settlement rate')) return 'below_floor';
  return 'unknown';
}

/** One word for each, in legends, tables, marks and speech. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  accepted: 'accepted',
  rejected: 'rejected',
  no_change: 'no change',
  invalid: 'invalid',
  pending: 'pending',
};

/** Beside a rejected proposal. */
export const kindWords: Readonly<Record<RejectionKind, string>> = {
  worse: 'not cheaper',
  not_significant: 'not significant',
  unstable: 'too unstable',
  below_floor: 'below the floor',
  unknown: 'reason not recorded',
};

/** The same of one proposal: a reason that is stored in words of its own is not called missing. */
export function rejectionWords(kind: RejectionKind, reason: string | undefined): string {
  return kind === 'unknown' && reason !== undefined ? 'reason in other words' : kindWords[kind];
}

/** Beside an invalid proposal. */
export const invalidWords = {
  'not parsed': 'unparsable',
  'failed validation': 'out of range',
} as const;

/** A verdict in a word; `because`: of an invalid proposal, where one alone is meant. */
export function verdictWord(verdict: Verdict, because?: keyof typeof invalidWords): string {
  return verdict === 'invalid' && because !== undefined ? invalidWords[because] : verdictWords[verdict];
}

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

/**
 * The iteration after whose evaluation the loop ended, so that nobody was asked for a proposal: the last one of a
 * completed experiment, in a file that records a proposal of every iteration before. (The loop evaluates, stores, tests
 * for convergence and its limit, and asks only then: domain.md 9.3. In temporal mode it may end after asking.)
 */
function endedBeforeAsking(detail: ExperimentDetail, summary: ExperimentSummary): number | undefined {
  const last = detail.iterations.at(-1)?.iteration;
  if (last === undefined || summary.completedAt === undefined) return undefined;
  if (summary.evaluationMode === undefined || summary.evaluationMode === 'deterministic-temporal')
    return undefined;
  const asked = new Set(detail.proposals.map(({ iteration }) => iteration));
  const earlier = detail.iterations.slice(0, -1);
  const isWhole = earlier.length > 0 && earlier.every(({ iteration }) => asked.has(iteration));
  return isWhole && !asked.has(last) ? last : undefined;
}

/** An experiment is read without its unreadable exchanges: whether none is stored, or one that cannot be read, is open. */
export const noProposalRead = 'no proposal was read';

/** Where an exchange of the agent is stored that cannot be read. */
export const noProposalUnknown = 'whether something was proposed is unknown: the exchange cannot be read';

/** Why an iteration shows no proposal of an agent: that nothing was proposed only where the file can tell. */
export function noProposalWords(
  detail: ExperimentDetail,
  summary: ExperimentSummary,
): (iteration: number) => string {
  const ended = endedBeforeAsking(detail, summary);
  return (iteration) =>
    iteration === ended ? 'nothing was proposed: the loop ended with this evaluation' : noProposalRead;
}

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
