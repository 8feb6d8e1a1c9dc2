import { useAnswers, type Question } from './useAnswer.ts';

/**
 * Asks what will probably be asked next, so that its answer is there already. What is not likely any more is
 * cancelled, as nobody waits for it.
 */
export function usePrefetch(questions: readonly Question<unknown>[]): void {
  useAnswers(questions);
}
