import { expect, it } from 'vitest';

import { runTrials } from './kill/trials.ts';

it('leaves whole iterations wherever the lab is killed, and each file goes on to the same end', async () => {
  const trials = await runTrials(3, () => 0.5);
  expect(trials.map(({ faults }) => faults)).toEqual([[], [], []]);
  expect(trials.some(({ wasKilled }) => wasKilled)).toBe(true);
}, 600_000);
