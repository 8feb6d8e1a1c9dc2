import {
  keepPreviousData,
  queryOptions,
  useQueries,
  useQuery,
  type UseQueryResult,
} from '@tanstack/react-query';

import type { Engine } from '../engine/engine.ts';
import type { Session } from './session/session.ts';
import { useSession } from './SessionContext.tsx';

/** A question with the key its answer is kept under. Keys hold text and numbers: a bigint cannot be hashed. */
export interface Question<T> {
  readonly key: readonly (string | number)[];
  readonly ask: (engine: Engine, signal: AbortSignal) => Promise<T>;
  /** False: only an answer that is already there is shown. */
  readonly enabled?: boolean;
}

/** How the cache asks a question. */
export function optionsOf<T>(session: Session, question: Question<T>) {
  return queryOptions({
    queryKey: question.key,
    queryFn: ({ signal }) => session.ask((engine) => question.ask(engine, signal), signal),
    enabled: question.enabled ?? true,
  });
}

/** The answer to one question; asked when first shown, kept while its file is open. */
export function useAnswer<T>(question: Question<T>): UseQueryResult<T> {
  return useQuery(optionsOf(useSession(), question));
}

/**
 * The answer to a question that changes often: until the new answer is there the last one stays, so the answer must
 * say itself what it is about. A question that nobody waits for any more is cancelled.
 */
export function useSteadyAnswer<T>(question: Question<T>): UseQueryResult<T> {
  return useQuery({ ...optionsOf(useSession(), question), placeholderData: keepPreviousData });
}

/** Answers to one question about each of several files, in order. */
export function useAnswers<T>(questions: readonly Question<T>[]): UseQueryResult<T>[] {
  const session = useSession();
  return useQueries({ queries: questions.map((question) => optionsOf(session, question)) });
}
