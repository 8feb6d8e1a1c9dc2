import type { OpenFile } from '../../data/session/state.ts';
import { plural } from '../../lib/format.ts';
import { deskQueue } from '../../queries/deskQueue.ts';
import { experimentList } from '../../queries/experimentList.ts';
import type { Question } from '../../queries/query.ts';
import { keyText, proposalKey, type ReviewsByProposal } from '../../storage/reviews/review.ts';
import type { MergeSummary, SideCar } from '../../storage/reviews/sideCar.ts';

/**
 * The proposals of the open files among those that were judged, by `keyText`. A file that does not answer holds none: what
 * is said of it is said elsewhere.
 */
export async function openProposals(
  byProposal: ReviewsByProposal,
  files: readonly OpenFile[],
  ask: <T>(question: Question<T>) => Promise<T>,
): Promise<ReadonlySet<string>> {
  const judged = new Set([...byProposal.values()].map(({ key }) => key.experimentId));
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

/** What reading a file of judgements came to, in words. */
export function mergeWords({ read, added, elsewhere, replaced }: MergeSummary): string {
  if (read === 0) return 'The file holds no judgements.';
  const same = read - added - replaced;
  const parts = [
    added > elsewhere ? `${added - elsewhere} new` : undefined,
    elsewhere > 0 ? `${elsewhere} kept for proposals that no open file holds` : undefined,
    replaced > 0 ? `${replaced} newer than here` : undefined,
    same > 0 ? `${same} known or older` : undefined,
  ];
  const detail = parts.filter((part) => part !== undefined).join(', ');
  return `Read ${plural(read, 'judgement')}: ${detail}. Nothing that was here is lost.`;
}

const mostNamed = 20;

/** What was not taken, row by row. */
export function refusedWords({ refused }: SideCar): string[] {
  if (refused.length === 0) return [];
  const more = refused.length - mostNamed;
  const rows = refused.slice(0, mostNamed).join('; ');
  return [`Not taken: ${rows}${more > 0 ? `; and ${more} more` : ''}.`];
}
