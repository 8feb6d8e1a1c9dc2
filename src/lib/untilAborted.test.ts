import { expect, test } from 'vitest';

import { untilAborted } from './untilAborted.ts';

const never = new Promise<string>(() => undefined);

test('gives what the promise gives, or its failure', async () => {
  const { signal } = new AbortController();
  await expect(untilAborted(Promise.resolve('done'), signal)).resolves.toBe('done');
  await expect(untilAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
});

test('rejects at once when aborted, before or while waiting', async () => {
  const controller = new AbortController();
  const waiting = untilAborted(never, controller.signal);
  controller.abort();
  await expect(waiting).rejects.toThrow('aborted');
  await expect(untilAborted(never, controller.signal)).rejects.toThrow(/abort/);
});
