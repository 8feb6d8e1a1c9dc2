import { useAnswer, useAsk } from '../../../data/useAnswer.ts';
import { policyHistory } from '../../../queries/policyHistory.ts';
import type { ExperimentScope } from '../../../queries/scope.ts';
import type { PolicyHistory } from '../../../domain/answers/desk.ts';

/** Every policy of the experiment is read for its history: with more proposals only when asked for. */
const mostUnasked = 5000;

export interface History {
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
