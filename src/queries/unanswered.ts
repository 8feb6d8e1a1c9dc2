import type { Engine } from '../engine/engine.ts';

/** Holds the place of a question whose signature is settled and whose answer is being written. */
export function unanswered(
  name: string,
  engine: Engine,
  params: object,
  signal: AbortSignal | undefined,
): Promise<never> {
  signal?.throwIfAborted();
  const asked = `${name}(${Object.keys(params).join(', ')}) on ${engine.version}`;
  return Promise.reject(new Error(`not answered yet: ${asked}`));
}
