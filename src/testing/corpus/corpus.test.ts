/** A few of each kind of the corpus; `npm run corpus` tries them all, and asks every question. */
import { afterAll, beforeAll, expect, test } from 'vitest';

import { corpus, selection } from './corpus.ts';
import { openFileWriter, type Mutant, type FileWriter } from './mutants.ts';
import { Trial, type Tried } from './tryMutant.ts';

let writer: FileWriter;
let trial: Trial;
beforeAll(async () => {
  writer = await openFileWriter();
  trial = new Trial(writer, true);
});
afterAll(async () => {
  trial.close();
  await writer.close();
});

/** Types of columns are tried in `queries/damagedColumns.test.ts`; what has no end takes 20 seconds. */
const isTriedHere = ({ kind }: Mutant): boolean => !/^column as|without end/.test(kind);

test('one of each kind: refused with its cause or usable, and the file beside it answers', async () => {
  const all = corpus(writer);
  expect(all.length).toBeGreaterThan(1000);
  const tried: Tried[] = [];
  for (const mutant of selection(all.filter(isTriedHere), 1)) tried.push(await trial.try(mutant));
  const faults = tried.filter(({ isFault }) => isFault);
  expect(faults.map(({ mutant, outcome, detail }) => [mutant.kind, mutant.name, outcome, detail])).toEqual(
    [],
  );
  // Were nothing mutated, all would be usable; were all spoilt, none.
  const usable = tried.filter(({ outcome }) => outcome === 'usable').length;
  expect(usable).toBeGreaterThan(15);
  expect(tried.length - usable).toBeGreaterThan(8);
});

test('a wrong number is found: the sound database of another content is held against the truth', async () => {
  const make = async () => [
    new File(
      [await writer.written('B-V5', { iterations: [{ iteration: 0, costs: { BANK_A: 1 } }] })],
      'mutant.db',
    ),
  ];
  const { outcome, detail, isFault } = await trial.try({ kind: 'other', name: 'B-V5', truth: 'same', make });
  expect({ outcome, isFault }).toEqual({ outcome: 'wrong number', isFault: true });
  expect(detail).toContain('exp1 first cost: 1, not 10000');
});
