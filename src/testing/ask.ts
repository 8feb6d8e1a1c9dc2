import { madeIn } from '../data/madeTables.ts';
import type { Engine } from '../engine/engine.ts';
import type { Query, QueryEngine } from '../queries/query.ts';

/** The answer to a query, and to those that it builds on, found now: only tables of the engine's memory are kept. */
export function ask<P, T>(engine: Engine, query: Query<P, T>, params: P, signal?: AbortSignal): Promise<T> {
  return query.run(queryEngine(engine), params, signal);
}

/** The engine as queries get it. */
function queryEngine(engine: Engine): QueryEngine {
  const own: QueryEngine = {
    ...engine,
    ask: (question, signal) => question.answer(own, signal),
    known: () => undefined,
    made: (tables, params) => madeIn(engine, tables, params),
  };
  return own;
}
