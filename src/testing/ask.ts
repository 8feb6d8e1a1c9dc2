import { askDirectly, onlyFile } from '../data/askDirectly.ts';
import type { Engine } from '../engine/engine.ts';
import type { Query } from '../queries/query.ts';

/** The answer to a query, and to those that it builds on, found now: only tables of the engine's memory are kept. */
export function ask<P, T>(engine: Engine, query: Query<P, T>, params: P, signal?: AbortSignal): Promise<T> {
  return query.run(askDirectly(engine, onlyFile(query.about(params))), params, signal);
}
