import type { Session } from '../../data/session/session.ts';
import type { useAsk } from '../../data/useAnswer.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { largestSideCarBytes, parseSideCar } from '../../storage/reviews/sideCar.ts';
import { reviewStore } from '../../storage/reviews/useReviews.ts';
import { linkNotes } from '../linkNotes.ts';

type Ask = ReturnType<typeof useAsk>;

/**
 * Opens what was dropped or chosen: databases, and files of judgements. A review bundle leads to the view it was made
 * at; its databases may come with it or later.
 */
export async function openGiven(session: Session, given: readonly File[], ask: Ask): Promise<void> {
  const named = given.filter(({ name, size }) => /\.json$/i.test(name) && size <= largestSideCarBytes);
  const done = session.beginWork();
  const reviews = new Set<File>();
  try {
    for (const file of named) {
      const text = await file.text().catch(() => '');
      const read = parseSideCar(text);
      // Another JSON file is refused as what it is: no database.
      if (!text.includes('iterscope-reviews')) continue;
      reviews.add(file);
      if (!read.ok) {
        session.alert(notReviews(file.name, read.error));
        continue;
      }
      const { byProposal, link } = read.value;
      // What makes a desk is large, and seldom needed here.
      const { mergeWords, openProposals, refusedWords } = await import('../../views/shared/reviewFiles.ts');
      const open = await openProposals(byProposal, session.getState().files, ask);
      const words = [mergeWords(reviewStore().merge(byProposal, open)), ...refusedWords(read.value)];
      linkNotes.add([`${file.name}: ${words.join(' ')}`]);
      if (link !== undefined) location.hash = link;
    }
  } finally {
    done();
  }
  const rest = given.filter((file) => !reviews.has(file));
  if (rest.length > 0) await session.openFiles(rest);
}

function notReviews(subject: string, why: string): Refusal {
  return {
    code: 'not-duckdb',
    subject,
    what: `${subject} could not be read as judgements.`,
    why,
    wayOut: 'Ask for the file again, exported by the same version of Iterscope.',
  };
}
