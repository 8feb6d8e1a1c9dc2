import {
  keepPreviousData,
  useQueries,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useCallback } from 'react';

import type { Question } from '../queries/query.ts';
import { optionsOf } from './asking.ts';
import { useSession } from './SessionContext.tsx';

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

/** The answers to several questions as one: in their order, undefined where one is not there yet. */
export interface JoinedAnswers<T> {
  /** The same list until one of its answers is another. */
  readonly data: readonly (T | undefined)[];
  /** Whether an answer is missing that did not fail, asked or not. */
  readonly isPending: boolean;
  /** Whether one is being found that is not there yet. */
  readonly isLoading: boolean;
  readonly error: Error | undefined;
}

/** Joins the answers to one question about each of several files, or of several questions about one. */
export function useJoinedAnswers<T>(questions: readonly Question<T>[]): JoinedAnswers<T> {
  const session = useSession();
  return useQueries({
    queries: questions.map((question) => optionsOf(session, question)),
    combine: joinAnswers<T>,
  });
}

const joinAnswers = <T>(answers: readonly UseQueryResult<T>[]): JoinedAnswers<T> => ({
  data: answers.map(({ data }) => data),
  isPending: answers.some(({ isPending }) => isPending),
  isLoading: answers.some(({ isLoading }) => isLoading),
  error: answers.find(({ error }) => error !== null)?.error ?? undefined,
});

/**
 * Asks what will probably be asked next, so that its answer is there already. It goes after everything that is on
 * screen; what is not likely any more is cancelled, as nobody waits for it.
 */
export function usePrefetch<T>(questions: readonly Question<T>[]): void {
  const session = useSession();
  useQueries({ queries: questions.map((question) => ({ ...optionsOf(session, question), meta: ahead })) });
}

const ahead = { isAhead: () => true };

/** Asks a question once, when something is pressed; an answer that is there already is taken. */
export function useAsk(): <T>(question: Question<T>) => Promise<T> {
  const session = useSession();
  const client = useQueryClient();
  return useCallback((question) => client.query(optionsOf(session, question)), [client, session]);
}
