/** What an address says is shown, what it cannot say is told once; two files that hold the same id are kept apart. */
import { join } from 'node:path';

import { expect, inject, test, vi } from 'vitest';

import { twoBanks } from '../../e2e/fixtures/twoBanks.ts';
import { writeDatabase } from '../../e2e/fixtures/writeDatabase.ts';
import { cellOf, records } from '../testing/gridText.ts';
import { testRealFiles } from '../testing/realFile.ts';
import { renderApp, type RenderedApp } from '../testing/renderApp.ts';

/** The search part of the address bar. */
const searchOf = (app: RenderedApp): URLSearchParams => new URLSearchParams(app.hash.replace(/^[^?]*/, ''));

const selected = (app: RenderedApp): string | null | undefined =>
  app.gridElement('Iterations').querySelector('[aria-selected=true] [role=gridcell]')?.textContent;

const isChecked = (app: RenderedApp, name: string): boolean =>
  app.screen.getByRole<HTMLInputElement>('radio', { name }).checked;

const times = (app: RenderedApp, words: string): number => app.text().split(words).length - 1;

test('bad values fall back alone, said once', async () => {
  const complaints = vi.spyOn(console, 'error');
  const folder = inject('fixtureFolder');
  const path = await writeDatabase(join(folder, 'bad.db'), 'B-V5', twoBanks('bad'));
  const app = await renderApp();
  await app.pickFiles(path);
  const files = searchOf(app).get('db') ?? '';
  const search = new URLSearchParams({ db: files, metric: 'happiness', scale: 'log', iteration: '1' });
  await app.open(`#/experiments/bad?${search}`);
  const notice = '“metric=happiness” in the link is not something this page knows';
  expect(times(app, notice)).toBe(1);
  expect(isChecked(app, 'Cost')).toBe(true);
  expect(isChecked(app, 'Log')).toBe(true);
  expect(selected(app)).toBe('1');

  // A setting changed afterwards rewrites the address without it; what was said stays until it is read.
  await app.click(app.button('Previous iteration'));
  expect(times(app, notice)).toBe(1);
  await app.click(app.button('Dismiss'));
  expect(times(app, notice)).toBe(0);
  expect(searchOf(app).has('metric')).toBe(false);

  await app.open(`#/experiments/bad?${new URLSearchParams({ db: files, v: '9' })}`);
  expect(times(app, 'made by a newer Iterscope')).toBe(1);
  expect(app.rowCount('Iterations')).toBe(3);

  // What is about one screen does not follow to the next.
  const ofList = '“status=nope” in the link is not something this page knows';
  await app.open(`#/experiments?${new URLSearchParams({ db: files, status: 'nope' })}`);
  expect(times(app, ofList)).toBe(1);
  await app.open(`#/desk?${new URLSearchParams({ db: files, iteration: 'abc' })}`);
  expect(times(app, ofList)).toBe(0);
  expect(times(app, '“iteration=abc” in the link')).toBe(1);
  expect(times(app, 'made by a newer Iterscope')).toBe(1);
  // Captions of this file are alike under accepted and rejected; React complains of keys that are.
  expect(complaints).not.toHaveBeenCalled();
  complaints.mockRestore();
});

test('a link waits while the reader looks elsewhere, and no longer once a newer copy was opened for it', async () => {
  const path = await writeDatabase(join(inject('fixtureFolder'), 'grows.db'), 'B-V5', twoBanks('grows'));
  const link = `#/experiments/grows?${new URLSearchParams({ db: 'file:grows.db~0123abcd/9000/2.grows' })}`;
  const app = await renderApp(link);
  await app.pickFiles(path);
  expect(app.text(app.main)).toContain('Same experiment, 1 iteration more.');
  await app.click(app.screen.getByRole('link', { name: 'Show the open files instead' }));
  expect(times(app, 'still waits for grows.db')).toBe(1);
  // The same experiment of the other file is not the view of the link.
  await app.click(app.links('Experiments')[0]);
  expect(app.hash).toMatch(/^#\/experiments\/grows\?/);
  expect(times(app, 'still waits for grows.db')).toBe(1);
  await app.click(app.button('Back to the link'));
  await app.click(app.button('Open the newer copy'));
  expect(app.rowCount('Iterations')).toBe(3);
  expect(times(app, 'still waits for')).toBe(0);
  await app.open(app.hash.replace('/grows?', '?'));
  expect(app.rowCount('Experiments')).toBe(1);
  expect(times(app, 'the link')).toBe(0);
});

testRealFiles(
  ['pairwise.db', 'unified.db'],
  'the same experiment in both: each shows its own, and how its runs are linked',
  async (...paths) => {
    const id = 'exp1-20261123-045340-6346bb';
    const app = await renderApp();
    await app.pickFiles(...paths);
    const rows = records(app.grid('Experiments')).filter((row) => row.Id === id);
    const columns = ['File', 'Status', 'Iterations', 'Final cost'];
    expect(rows.map((row) => columns.map((name) => cellOf(row, name)).join(' | '))).toEqual([
      'pairwise.db | At iteration limit | 20 | $20.00',
      'unified.db | At iteration limit | 20 | $20.00',
    ]);

    const link = app
      .links('Experiments')
      .find((each) => each.textContent === id && each.closest('tr')?.textContent.includes('unified.db'));
    await app.click(link);
    expect(app.hash).toContain('in=unified.db');
    expect(app.text(app.main)).toContain('Shown from unified.db. The same id is also in pairwise.db.');

    const expectLinkedBy = async (how: string): Promise<void> => {
      await app.click(app.links('Iterations').find((each) => each.textContent === '11'));
      const [run] = records(app.grid('Simulation runs'));
      expect(cellOf(run, 'Linked by').replace(/:.*/, '')).toBe(how);
      await app.open(app.hash.replace('/iterations/11', ''));
    };
    await expectLinkedBy('column');
    await app.click([...app.main.querySelectorAll('a')].find((each) => each.textContent === 'pairwise.db'));
    expect(app.hash).toContain('in=pairwise.db');
    expect(app.text(app.main)).toContain('Shown from pairwise.db. The same id is also in unified.db.');
    await expectLinkedBy('seed');
  },
);
