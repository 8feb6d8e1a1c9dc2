import type { Engine } from '../engine/engine.ts';
import type { QueryEngine } from '../queries/query.ts';
import { madeIn } from './madeTables.ts';

/**
 * The engine as queries get it, where no session stands around it: commands and tests. An answer that another query
 * builds on is found anew each time; tables of the engine's memory are kept.
 */
export function askDirectly(engine: Engine): QueryEngine {
  const own: QueryEngine = {
    ...engine,
    ask: (question, signal) => question.answer(own, signal),
    known: () => undefined,
    made: (tables, params) => madeIn(engine, tables, params),
  };
  return own;
}
