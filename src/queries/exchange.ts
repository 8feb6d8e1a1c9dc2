import type { Engine } from '../engine/engine.ts';
import type { Exchange } from '../schema/answers.ts';
import type { ExchangeScope } from './scope.ts';
import { unanswered } from './unanswered.ts';

/** The exchange with the proposer for one agent in one iteration; undefined when none is recorded. */
export function exchange(
  engine: Engine,
  params: ExchangeScope,
  signal?: AbortSignal,
): Promise<Exchange | undefined> {
  return unanswered('exchange', engine, params, signal);
}
