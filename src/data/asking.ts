import { hashKey, QueryObserver, queryOptions, QueryClient, type QueryKey } from '@tanstack/react-query';

import { overOneFile } from '../catalog/oneFile.ts';
import type { Asker, Engine } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import type { FileId } from '../lib/ids.ts';
import type { Sql } from '../lib/sql.ts';
import type { QueryEngine, Question } from '../queries/query.ts';
import { madeIn, onlyFile } from './askDirectly.ts';
import type { Session } from './session/session.ts';

declare module '@tanstack/react-query' {
  interface Register {
    /** Of an observer: whether nobody looks at the answer yet. */
    queryMeta: { readonly isAhead?: () => boolean };
  }
}

/** What asks the engine that stands now. */
type Asked = Pick<Session, 'ask'>;

/** What was asked of the engine for one answer. */
export interface AskedFor {
  /** The first ones, as they were asked. */
  readonly statements: readonly string[];
  readonly more: number;
  /** Answers that it builds on. */
  readonly parts: readonly AskedFor[];
}

interface Asking extends AskedFor {
  readonly statements: string[];
  more: number;
  readonly parts: AskedFor[];
}

/** So many statements of one answer are remembered, and none that is longer. */
const rememberedStatements = 12;
const rememberedCharacters = 8000;

/** By the kept answer, with which it goes. */
const askedFor = new WeakMap<object, Asking>();

/** The statements behind an answer that is kept; undefined where none is. */
export function statementsBehind(client: QueryClient, key: QueryKey): AskedFor | undefined {
  const kept = client.getQueryCache().get(hashKey(key));
  return kept === undefined ? undefined : askedFor.get(kept);
}

function startAsking(client: QueryClient, key: QueryKey): Asking {
  const asking: Asking = { statements: [], more: 0, parts: [] };
  const kept = client.getQueryCache().get(hashKey(key));
  if (kept !== undefined) askedFor.set(kept, asking);
  return asking;
}

function remember(asking: Asking, { text }: Sql): void {
  const isKept = asking.statements.length < rememberedStatements && text.length <= rememberedCharacters;
  if (isKept) asking.statements.push(text);
  else asking.more += 1;
}

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
      const answer = (engine: Engine): Promise<T> => {
        const asking = startAsking(client, question.key);
        return question.answer(
          queryEngine(engine, onlyFile(question), asker, asking, session, client),
          signal,
        );
      };
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
      const all = client.getQueryCache().get(hash)?.observers ?? [];
      // One that is not enabled yet waits for nothing.
      const observers = all.filter(({ options }) => options.enabled !== false);
      return observers.length > 0 && observers.every(({ options }) => options.meta?.isAhead?.() === true);
    },
  };
}

function queryEngine(
  engine: Engine,
  file: FileId | undefined,
  asker: Asker,
  asking: Asking,
  session: Asked,
  client: QueryClient,
): QueryEngine {
  return {
    ...engine,
    query: (statement, signal) => {
      remember(asking, statement);
      return engine.query(overOneFile(engine, statement, file), signal, asker);
    },
    ask: async (question, signal) => {
      const answer = await askFor(asker, session, client, question, signal);
      const part = statementsBehind(client, question.key);
      if (part !== undefined) asking.parts.push(part);
      return answer;
    },
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

/** Answers come from open files: no network mode, no refetching, no repeated asking after an error. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: Infinity,
        gcTime: 10 * 60 * 1000,
        retry: (failures, error) =>
          failures < 1 && error instanceof EngineError && error.kind === 'cancelled',
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        structuralSharing: false,
      },
    },
  });
}

/** The open files, and when they change. */
interface OpenFiles {
  readonly subscribe: (listener: () => void) => () => void;
  readonly getState: () => { readonly files: readonly { readonly fileId: FileId }[] };
}

/** Drops the answers about files that are no longer open. Returns the way to stop. */
export function forgetClosedFiles(session: OpenFiles, client: QueryClient): () => void {
  return session.subscribe(() => {
    const open = new Set<unknown>(session.getState().files.map((file) => file.fileId));
    client.removeQueries({
      // Answers that are about no file name none.
      predicate: ({ queryKey: [, files] }) =>
        Array.isArray(files) && files.some((file: unknown) => !open.has(file)),
    });
  });
}
