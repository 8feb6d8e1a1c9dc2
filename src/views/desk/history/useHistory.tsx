import { useAnswer, useAsk } from '../../../data/useAnswer.ts';
import type { Repeat } from '../../../domain/policy/history/repeats.ts';
import { formatCount } from '../../../lib/format.ts';
import { policyHistory } from '../../../queries/policyHistory.ts';
import type { ExperimentScope } from '../../../queries/scope.ts';
import { Button } from '../../../ui/Button.tsx';
import type { HistoryEntry, PolicyHistory } from '../../../domain/answers/desk.ts';
import { parameterText } from '../../../domain/policy/parameters.ts';

/** Every policy of the experiment is read for its history: with more proposals only when asked for. */
const mostUnasked = 5000;

interface History {
  readonly data: PolicyHistory | undefined;
  readonly error: Error | null;
  /** Reads it; undefined where that is done unasked, or under way. */
  readonly ask: (() => void) | undefined;
}

/** The history of an experiment's policies, read once for every proposal of it. */
export function useHistory(scope: ExperimentScope, proposalCount: number): History {
  const { fileId, experimentId } = scope;
  const question = policyHistory.about({ fileId, experimentId });
  const isLarge = proposalCount > mostUnasked;
  const { data, error, isFetching } = useAnswer({ ...question, enabled: !isLarge });
  const ask = useAsk();
  const isOpen = isLarge && data === undefined && !isFetching;
  // What goes wrong is in `error`.
  return { data, error, ask: isOpen ? () => void ask(question).catch(() => undefined) : undefined };
}

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

/** Says what reading the history of a very large experiment takes, and does it. */
export function ReadHistory({ proposalCount, ask }: { proposalCount: number; ask: () => void }) {
  return (
    <>
      <p>
        Not read yet: whether a policy was proposed before takes every policy of this experiment,{' '}
        {formatCount(proposalCount)} proposals.
      </p>
      <div>
        <Button size="small" onClick={ask}>
          Read them
        </Button>
      </div>
    </>
  );
}
