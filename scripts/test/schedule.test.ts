import { expect, it } from 'vitest';

import { runSchedule, type Scheduled } from './schedule.ts';
import { steps } from './steps.ts';

/** Runs steps that end one by one, the first started first; what was running is written down at every start. */
async function run(scheduled: readonly Scheduled[], failing: readonly string[] = []) {
  const started: string[] = [];
  const running: string[] = [];
  const failed = await runSchedule(scheduled, 2, async ({ title }) => {
    running.push(title);
    started.push(running.join('+'));
    // Ends in a turn of its own, after those that started before.
    do await new Promise((resolve) => setImmediate(resolve));
    while (running[0] !== title);
    running.shift();
    return !failing.includes(title);
  });
  return { started, failed: failed.map(({ title }) => title) };
}

it('fills the lanes in order; a step that takes all cores is alone', async () => {
  expect(
    await run([{ title: 'a' }, { title: 'b' }, { title: 'c' }, { title: 'd', takesAllCores: true }]),
  ).toEqual({
    started: ['a', 'a+b', 'b+c', 'd'],
    failed: [],
  });
});

it('keeps a step from starting before what it comes after; another takes its lane', async () => {
  const scheduled = [{ title: 'a' }, { title: 'b', after: ['a'] }, { title: 'c' }];
  expect((await run(scheduled)).started).toEqual(['a', 'a+c', 'c+b']);
});

it('ends what runs and starts nothing more after a failure', async () => {
  const scheduled = [{ title: 'a' }, { title: 'b' }, { title: 'c' }];
  expect(await run(scheduled, ['a'])).toEqual({ started: ['a', 'a+b'], failed: ['a'] });
  expect(await run(scheduled, ['b', 'a'])).toEqual({ started: ['a', 'a+b'], failed: ['a', 'b'] });
});

it('comes to an end with the steps of npm test, the browser last', async () => {
  const { started } = await run(steps);
  expect(started).toHaveLength(steps.length);
  expect(started.at(-1)).toBe('browser tests');
});
