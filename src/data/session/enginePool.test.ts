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

it('hands the waiting engine out at the next step of its rehearsal, and once alone', async () => {
  const { pool, started } = countingPool();
  await pool.warm();
  const steps: string[] = [];
  let finishStep = (): void => undefined;
  const step = new Promise<void>((resolve) => {
    finishStep = resolve;
  });
  pool.rehearse(async (_, isWanted) => {
    steps.push(`first, wanted: ${isWanted()}`);
    await step;
    steps.push(`second, wanted: ${isWanted()}`);
  });
  await Promise.resolve();
  const taken = pool.take(signal).then(() => steps.push('taken'));
  await Promise.resolve();
  expect(steps).toEqual(['first, wanted: false']);
  finishStep();
  await taken;
  expect(steps).toEqual(['first, wanted: false', 'second, wanted: true', 'taken']);
  // Nothing waits any more, so nothing is rehearsed.
  pool.rehearse(() => Promise.reject(new Error('no engine waits')));
  await pool.take(signal);
  expect(started()).toBe(2);
});

it('hands out an engine whose rehearsal failed', async () => {
  const { pool, started } = countingPool();
  await pool.warm();
  pool.rehearse(() => Promise.reject(new Error('out of memory')));
  await pool.take(signal);
  expect(started()).toBe(1);
});
