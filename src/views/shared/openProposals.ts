import type { OpenFile } from '../../data/session/state.ts';
import { deskQueue } from '../../queries/deskQueue.ts';
import { experimentList } from '../../queries/experimentList.ts';
import type { Question } from '../../queries/query.ts';
import { keyText, proposalKey, type ReviewBook } from '../../storage/reviews/review.ts';

/**
 * The proposals of the open files among those that were judged, by `keyText`. A file that does not answer holds none: what
 * is said of it is said elsewhere.
 */
export async function openProposals(
  book: ReviewBook,
  files: readonly OpenFile[],
  ask: <T>(question: Question<T>) => Promise<T>,
): Promise<ReadonlySet<string>> {
  const judged = new Set([...book.values()].map(({ key }) => key.experimentId));
  const found = new Set<string>();
  for (const { fileId } of files) {
    const held = await ask(experimentList.about({ fileId })).catch(() => []);
    for (const { experimentId } of held.filter((each) => judged.has(each.experimentId))) {
      const queues = await ask(deskQueue.about({ fileId, experimentId })).catch(() => []);
      for (const { proposal } of queues.flatMap(({ entries }) => entries))
        found.add(keyText(proposalKey(experimentId, proposal.iteration, proposal.agentId)));
    }
  }
  return found;
}
