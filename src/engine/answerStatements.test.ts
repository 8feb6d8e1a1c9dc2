import { expect, it, vi } from 'vitest';

import { StatementQueue } from './answerStatements.ts';

/** A queue whose statements begin and end when the test says so. */
function watched() {
  const queue = new StatementQueue();
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (name: string, isAhead: () => boolean, signal?: AbortSignal) =>
    queue.run(name, isAhead, signal, () => {
      begun.push(name);
      return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
    });
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { ask, begun, end };
}

const yes = () => true;
const no = () => false;

it('lets what is on screen through in pairs, in its order, and whatever has waited a moment', async () => {
  vi.useFakeTimers();
  try {
    const { ask, begun } = watched();
    const left = new AbortController();
    const answers = ['1', '2', '3', '4', '5'].map((name) =>
      ask(name, no, name === '4' ? left.signal : undefined),
    );
    expect(begun).toEqual(['1', '2']);
    left.abort();
    await expect(answers[3]).rejects.toMatchObject({ kind: 'cancelled' });
    await vi.advanceTimersByTimeAsync(100);
    expect(begun).toEqual(['1', '2']);
    await vi.advanceTimersByTimeAsync(100);
    expect(begun).toEqual(['1', '2', '3', '5']);
    void ask('6', no);
    expect(begun).toHaveLength(4);
  } finally {
    vi.useRealTimers();
  }
});

it('begins the next on screen with the end of one before it', async () => {
  const { ask, begun, end } = watched();
  for (const name of ['1', '2', '3', '4']) void ask(name, no);
  await end('2');
  expect(begun).toEqual(['1', '2', '3']);
  await end('1');
  expect(begun).toEqual(['1', '2', '3', '4']);
});

it('lets what is asked ahead through one by one when nothing else is answered', async () => {
  const { ask, begun, end } = watched();
  const answers = [ask('screen 1', no), ask('ahead 1', yes), ask('ahead 2', yes), ask('screen 2', no)];
  expect(begun).toEqual(['screen 1', 'screen 2']);
  await end('screen 1');
  expect(begun).toHaveLength(2);
  await end('screen 2');
  expect(begun).toEqual(['screen 1', 'screen 2', 'ahead 1']);
  answers.push(ask('screen 3', no));
  expect(begun.at(-1)).toBe('screen 3');
  await end('ahead 1');
  expect(begun.at(-1)).toBe('screen 3');
  await end('screen 3');
  expect(begun.at(-1)).toBe('ahead 2');
  await end('ahead 2');
  expect(await Promise.all(answers)).toHaveLength(5);
});

it('what was asked ahead and is on screen by now waits no longer than the next end', async () => {
  const { ask, begun, end } = watched();
  let isAhead = true;
  void ask('screen 1', no);
  void ask('screen 2', no);
  void ask('ahead', () => isAhead);
  isAhead = false;
  await end('screen 1');
  expect(begun).toEqual(['screen 1', 'screen 2', 'ahead']);
});

it('nobody waiting for it any more, it never begins', async () => {
  const { ask, begun, end } = watched();
  const leaving = new AbortController();
  void ask('screen', no);
  const left = ask('ahead', yes, leaving.signal);
  leaving.abort();
  await expect(left).rejects.toMatchObject({ kind: 'cancelled' });
  await end('screen');
  expect(begun).toEqual(['screen']);
});
