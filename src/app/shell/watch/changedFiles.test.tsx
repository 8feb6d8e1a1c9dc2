/** A file of this machine that an experiment goes on writing to. What a server says of one is in e2e/following.spec.ts. */
import { readFile } from 'node:fs/promises';

import { expect, test, vi } from 'vitest';

import { takeHandles } from '../../../storage/recentFiles.ts';
import { renderApp, type RenderedApp } from '../../../testing/renderApp.ts';
import { writeFixture } from '../../../testing/fixtures/writeFixture.ts';
import { growthWords } from '../../../views/open/linkedFiles.ts';

let writtenAt = 1_000;

/** A database with so many iterations of one experiment, as a file of this machine. */
async function fileWith(iterations: number, name: string): Promise<File> {
  const path = await writeFixture('B-V5', {
    experiments: [{ id: 'exp1', completedAt: null }],
    iterations: Array.from({ length: iterations }, (_, iteration) => ({
      iteration,
      costs: { BANK_A: 10_000 - iteration },
      fractions: { BANK_A: 0.5 },
    })),
  });
  return new File([await readFile(path)], name, { lastModified: (writtenAt += 1000) });
}

/** Drops a file of which the browser gives a handle; the returned function says what it leads to from then on. */
async function dropWithHandle(app: RenderedApp, file: File): Promise<(next: File | 'deleted') => void> {
  let current: File | 'deleted' = file;
  const handle = {
    kind: 'file',
    getFile: () =>
      current === 'deleted'
        ? Promise.reject(new DOMException('', 'NotFoundError'))
        : Promise.resolve(current),
  };
  const item = { getAsFileSystemHandle: () => Promise.resolve(handle) };
  takeHandles([item] as unknown as DataTransferItemList);
  await Promise.resolve();
  await app.services.session.openFiles([file]);
  await app.waitIdle();
  return (next) => {
    current = next;
    // As when the reader comes back to the page: it looks at once.
    document.dispatchEvent(new Event('visibilitychange'));
  };
}

const notice = (code: string): string | undefined =>
  document.querySelector(`[role=status][data-code="${code}"]`)?.textContent ?? undefined;

const said = (code: string, words: string): Promise<void> =>
  vi.waitFor(() => expect(notice(code)).toContain(words), { timeout: 30_000, interval: 50 });

test('growth is said, read again at the same view and marked; a deleted file keeps its screen', async () => {
  const app = await renderApp();
  const become = await dropWithHandle(app, await fileWith(2, 'base.db'));
  // Another file with an experiment of the same id: the order of the two decides which one a link means.
  await app.services.session.openFiles([await fileWith(7, 'other.db')]);
  await app.waitIdle();
  await app.open(`#/experiments/exp1?${app.hash.split('?')[1] ?? ''}&scale=log`);
  expect(app.rowCount('Iterations')).toBe(2);

  become(await fileWith(5, 'base.db'));
  await said('file-changed', 'base.db has changed: 3 iterations more.');
  expect(app.rowCount('Iterations')).toBe(2);
  await app.click(app.screen.getByRole('checkbox', { name: 'Always read again what has changed' }));
  await said('file-grown', 'base.db was read again: 3 iterations more. What is new is marked.');
  expect(app.hash).toMatch(/^#\/experiments\/exp1\?.*scale=log/);
  expect(app.rowCount('Iterations')).toBe(5);
  expect(app.grid('Iterations').rows.map(([iteration]) => iteration)).toEqual([
    '0',
    '1',
    '2 new',
    '3 new',
    '4 new',
  ]);
  expect(app.services.session.getState().files.map(({ name }) => name)).toEqual(['base.db', 'other.db']);
  const named = new URLSearchParams(app.hash.split('?')[1]).getAll('db');
  expect(named.map((token) => token.replace(/~.*/, ''))).toEqual(['file:base.db', 'file:other.db']);
  expect(named[0]).toMatch(/\/5\.exp1$/);

  // What was new stays so until the reader has seen it.
  become(await fileWith(8, 'base.db'));
  await said('file-grown', '6 iterations more');
  await app.open(app.hash.replace('/exp1', ''));
  expect(app.grid('Experiments').rows.map((row) => row.join(' '))).toEqual([
    expect.stringContaining('8, 6 new'),
    expect.not.stringContaining('new'),
  ]);

  // An address of before it was written to, as Back leads to it.
  await app.open(`#/experiments/exp1?${new URLSearchParams(named.map((token) => ['db', token]))}`);
  expect(app.rowCount('Iterations')).toBe(8);
  expect(app.hash).toContain('8.exp1');
  await app.open(app.hash.replace('/exp1', ''));

  become('deleted');
  await said('file-gone', 'base.db is no longer where it was');
  expect(app.rowCount('Experiments')).toBe(2);
  expect(app.alerts()).toEqual([]);
});

test('what is new is said by experiment', () => {
  const before = new Map([
    ['a', 3],
    ['b', 5],
  ]);
  const now = (...held: readonly (readonly [string, number])[]) =>
    growthWords(
      before,
      held.map(([experimentId, iterationCount]) => ({ experimentId, iterationCount })),
    );
  expect(now(['a', 4], ['b', 5])).toBe('a: 1 iteration more');
  expect(now(['a', 3], ['b', 4], ['c', 2])).toBe('b: 1 iteration fewer, c is new in it (2 iterations)');
  expect(now(['b', 5])).toBe('a is no longer in it');
  expect(now(['a', 3], ['b', 5])).toBe('as many iterations as before');
});
