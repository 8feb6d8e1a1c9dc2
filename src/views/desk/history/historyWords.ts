import { parameterText } from '../../../domain/policy/parameters.ts';
import type { Repeat } from '../../../domain/policy/history/repeats.ts';
import type { HistoryEntry } from '../../../domain/answers/desk.ts';

type Found = Repeat<HistoryEntry>;

export const similarityWords: Readonly<Record<Found['similarity'], string>> = {
  same: 'the same',
  nearly: 'nearly the same',
  'other tree': 'same numbers, tree differs',
};

/** `never`, or `4 times the same, last in iteration 5; once nearly the same`. */
export function proposedBeforeWords(repeats: readonly Found[], iteration: number): string {
  const before = repeats.filter(({ entry }) => entry.iteration < iteration);
  const kinds = ['same', 'nearly', 'other tree'] as const;
  const parts = kinds.flatMap((kind) => {
    const found = before.filter(({ similarity }) => similarity === kind);
    const last = found.at(-1);
    return last === undefined
      ? []
      : [`${times(found.length)} ${similarityWords[kind]}, last in iteration ${last.entry.iteration}`];
  });
  return parts.length === 0 ? 'never' : parts.join('; ');
}

function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}

/** The numbers of a proposal: `initial_liquidity_fraction 15 %`. */
export function numbersOf({ structure }: HistoryEntry): string {
  if (structure === undefined) return 'no policy was read';
  const numbers = [...structure.parameters].map(([name, value]) => `${name} ${parameterText(name, value)}`);
  return numbers.length === 0 ? 'no numeric parameter' : numbers.join(', ');
}

/** The first of some numbers, as short as it can be said. */
export function firstNumber(parameters: ReadonlyMap<string, number> | undefined): string | undefined {
  const [first] = parameters ?? [];
  return first === undefined ? undefined : parameterText(...first);
}
