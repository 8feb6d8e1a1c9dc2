import { hashKey, QueryObserver, queryOptions, type QueryClient } from '@tanstack/react-query';

import type { Asker, Engine } from '../engine/engine.ts';
import type { QueryEngine, Question } from '../queries/query.ts';
import { madeIn } from './madeTables.ts';
import type { Session } from './session/session.ts';

declare module '@tanstack/react-query' {
  interface Register {
    /** Of an observer: whether nobody looks at the answer yet. */
    queryMeta: { readonly isAhead?: () => boolean };
  }
}

/** What asks the engine that stands now. */
type Asked = Pick<Session, 'ask'>;

/** No answer to a question that another one builds on: it was asked as often as it may be. */
class PartFailed extends Error {
  readonly part: Error;
  constructor(part: Error) {
    super(part.message);
    this.part = part;
  }
}

/** How the cache asks a question. */
export function optionsOf<T>(session: Asked, question: Question<T>) {
  return queryOptions({
    queryKey: question.key,
    queryFn: ({ client, signal }) => {
      const asker = askerOf(client, question);
      const answer = (engine: Engine): Promise<T> =>
        question.answer(queryEngine(engine, asker, session, client), signal);
      return session.ask(answer, signal).catch((failure: unknown) => {
        throw failure instanceof PartFailed ? failure.part : failure;
      });
    },
    enabled: question.enabled ?? true,
    // Bounded by weight, not by time.
    ...(question.budget === undefined ? {} : { gcTime: Infinity }),
  });
}

/** Who asks; ahead as long as everybody who waits for the answer does. */
function askerOf<T>(client: QueryClient, { key }: Question<T>): Asker {
  const hash = hashKey(key);
  return {
    name: key[0],
    isAhead: () => {
      const observers = client.getQueryCache().get(hash)?.observers ?? [];
      return observers.length > 0 && observers.every(({ options }) => options.meta?.isAhead?.() === true);
    },
  };
}

function queryEngine(engine: Engine, asker: Asker, session: Asked, client: QueryClient): QueryEngine {
  return {
    ...engine,
    query: (statement, signal) => engine.query(statement, signal, asker),
    ask: (question, signal) => askFor(asker, session, client, question, signal),
    known: <T>(question: Question<T>) => client.getQueryData<T>(question.key),
    made: (tables, params) => madeIn(engine, tables, params),
  };
}

/**
 * The answer to a question that another one builds on. It is observed while the other waits, so that the cache cancels
 * it when nobody does any more.
 */
function askFor<T>(
  asker: Asker,
  session: Asked,
  client: QueryClient,
  question: Question<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const { isAhead } = asker;
  const meta = isAhead === undefined ? {} : { isAhead };
  const observer = new QueryObserver(client, { ...optionsOf(session, question), meta });
  return new Promise<T>((resolve, reject) => {
    const leave = (): void => {
      signal?.removeEventListener('abort', abort);
      unsubscribe();
      keepWithinBudget(client, question);
    };
    const abort = (): void => {
      leave();
      reject(new DOMException('aborted', 'AbortError'));
    };
    const settle = (): void => {
      const { data, error, isFetching } = observer.getCurrentResult();
      if (data === undefined && (error === null || isFetching)) return;
      leave();
      if (data === undefined) reject(error === null ? new Error('no answer') : new PartFailed(error));
      else resolve(data);
    };
    const unsubscribe = observer.subscribe(settle);
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted === true) abort();
    else settle();
  });
}

/** Drops the oldest answers to a query beyond its budget; those that somebody waits for or looks at stay. */
function keepWithinBudget<T>(client: QueryClient, { key: [name], budget }: Question<T>): void {
  if (budget === undefined) return;
  const cache = client.getQueryCache();
  const kept = cache
    .findAll({ queryKey: [name] })
    .map((query) => ({ query, data: client.getQueryData<T>(query.queryKey) }))
    .flatMap(({ query, data }) => (data === undefined ? [] : [{ query, weight: budget.weightOf(data) }]))
    .sort((a, b) => a.query.state.dataUpdatedAt - b.query.state.dataUpdatedAt);
  let total = kept.reduce((sum, { weight }) => sum + weight, 0);
  for (const { query, weight } of kept) {
    if (total <= budget.most) return;
    if (query.getObserversCount() > 0) continue;
    total -= weight;
    cache.remove(query);
  }
}
