import { expect, it } from 'vitest';

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

it('lets what is on screen through at once, what is asked ahead one by one when nothing else is answered', async () => {
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
