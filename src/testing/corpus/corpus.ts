/** Every mutated database there is. */
import { groupBy } from '../../lib/groupBy.ts';
import { byteMutants } from './byteMutants.ts';
import type { Mutant, FileWriter } from './mutants.ts';
import { tableMutants } from './tableMutants.ts';
import { valueMutants } from './valueMutants.ts';

export function corpus(writer: FileWriter): readonly Mutant[] {
  return [...byteMutants(writer), ...tableMutants(writer), ...valueMutants(writer)];
}

/** At most so many of each kind, spread over it: the same ones each time. */
export function selection(mutants: readonly Mutant[], ofEachKind: number): readonly Mutant[] {
  const kinds = groupBy(mutants, ({ kind }) => kind);
  return [...kinds.values()].flatMap((all) => {
    const step = Math.max(1, all.length / ofEachKind);
    const chosen = Array.from(
      { length: Math.min(all.length, ofEachKind) },
      (_, i) => all[Math.floor(i * step)],
    );
    return chosen.flatMap((each) => each ?? []);
  });
}
