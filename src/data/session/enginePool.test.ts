import { expect, it } from 'vitest';

import type { BrowserEngine } from '../../engine/wasm/browserEngine.ts';
import { EnginePool } from './enginePool.ts';

/** Engines that are nothing but a number. */
function countingPool(): { pool: EnginePool; started: () => number } {
  let started = 0;
  const boot = async (): Promise<BrowserEngine> => {
    started += 1;
    const engine = { number: started };
    await Promise.resolve();
    return engine as unknown as BrowserEngine;
  };
  return { pool: new EnginePool(() => undefined, boot), started: () => started };
}

const { signal } = new AbortController();

it('gives each of several that wait at once an engine of its own', async () => {
  const { pool, started } = countingPool();
  await pool.warm();
  const taken = await Promise.all([pool.take(signal), pool.takeSoon(signal), pool.take(signal)]);
  expect(new Set(taken).size).toBe(3);
  expect(started()).toBe(3);
});
