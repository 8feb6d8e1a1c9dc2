import type { ExperimentDetail, ExperimentSummary } from './normalised.ts';

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
