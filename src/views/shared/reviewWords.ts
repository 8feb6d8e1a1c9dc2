/** What reading a file of judgements came to, in words. */
import { plural } from '../../lib/format.ts';
import type { MergeSummary, SideCar } from '../../storage/reviews/sideCar.ts';

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
