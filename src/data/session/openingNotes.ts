import type { Refusal } from '../../domain/refusal.ts';
import { defaultBlockBytes } from '../../source/header.ts';
import { rowsMissing, walCut } from '../../source/walRefusals.ts';
import type { Attached } from './attachOne.ts';

/** What the reader has to know of a file that opened: rows that it may lack, tables that were left aside. */
export function openingNotes(file: Attached): readonly Refusal[] {
  const { source, sizeBytes, header, walFacts, logName } = file.candidate.prepared;
  const notes: Refusal[] = [];
  if (file.logLeftAside !== undefined) notes.push(file.logLeftAside);
  if (file.withLog && walFacts?.state === 'cut') notes.push(walCut(logName, walFacts));
  const ahead = (sizeBytes ?? 0) - (header.expectedBytes ?? Infinity);
  if (walFacts === undefined && !file.withLog && ahead >= Number(defaultBlockBytes)) {
    notes.push(rowsMissing(source.name, ahead));
  }
  if (file.candidates.length > 1) notes.push(otherSchemas(source.name, file));
  return notes;
}

function otherSchemas(name: string, { schema, candidates }: Attached): Refusal {
  return {
    code: 'other-schema',
    warning: true,
    subject: name,
    what: `${name} holds tables of experiments or runs in the schemas ${candidates.join(' and ')}.`,
    why: `Those of ${schema} are shown: the first of them that has rows.`,
    wayOut: 'To see the others, copy their tables into a database of their own and open it beside this one.',
  };
}
