/** From a figure or grid to the query behind it, which is shown and can be run. */
import { afterAll, expect, test } from 'vitest';

import { askDirectly } from '../../data/askDirectly.ts';
import { closeBlockingEngines } from '../../engine/wasm/blockingEngine.ts';
import { OwnSql } from '../../queries/ownTables/ownSql.ts';
import { fullContent } from '../../testing/fixtures/fullContent.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { openFixture } from '../../testing/openFixture.ts';
import { hrefOfQueryBehind } from '../shared/openQueryBehind.ts';
import { renderApp, type RenderedApp } from '../../testing/renderApp.ts';

afterAll(closeBlockingEngines);

const screens = [
  '#/experiments',
  '#/experiments/exp1',
  '#/experiments/exp1/iterations/0',
  '#/proposals',
  '#/desk',
  '#/compare?ids=exp1&ids=exp2',
  '#/runs/exp1-iter0-evaluation?tick=1',
];

const viewsOf = (app: RenderedApp): readonly string[] => [
  ...new Set(
    [...app.main.querySelectorAll('button[aria-label^="Query behind "]')].map((button) =>
      (button.getAttribute('aria-label') ?? '').replace('Query behind ', ''),
    ),
  ),
];

const textIn = (hash: string): string => new URLSearchParams(hash.split('?')[1]).get('q') ?? '';

test('the query behind every grid and figure names it, is not run by itself, and runs as it stands', async () => {
  const path = await writeFixture('B-V5', fullContent);
  const app = await renderApp();
  await app.pickFiles(path);
  const { session, queryClient: client } = app.services;
  const texts = new Map<string, string>();
  for (const screen of screens) {
    await app.open(screen);
    for (const view of viewsOf(app)) {
      const href = hrefOfQueryBehind({ client, files: session.getState().files, db: undefined, view });
      texts.set(`${screen} ${view}`, textIn(href));
    }
  }
  const views = [...texts.keys()].map((key) => key.slice(key.indexOf(' ') + 1));
  for (const view of [
    'Experiments',
    'Iterations',
    'Samples',
    'All proposals',
    'Agents',
    'Events',
    'Payments',
  ])
    expect(views).toContain(view);
  await app.click(app.button('Query behind Events'));
  expect(app.hash).toMatch(/^#\/sql\?/);
  expect(textIn(app.hash)).toBe(texts.get('#/runs/exp1-iter0-evaluation?tick=1 Events'));
  expect(app.main.querySelector('[role=grid]')).toBeNull();

  const { engine, files } = await openFixture(path);
  const asking = askDirectly(engine);
  const name = path.split('/').at(-1) ?? '';
  const named = files.map(({ fileId, alias }) => ({ fileId, alias, name }));
  const own = await OwnSql.over(engine, named, (question) => asking.ask(question));
  const rows = new Map<string, readonly number[]>();
  for (const [key, text] of texts) {
    expect(text, key).toContain(`: ${key.slice(key.indexOf(' ') + 1)}.\n`);
    const found: number[] = [];
    await own.forget();
    for (const statement of own.statements(text))
      found.push((await own.run(text, statement, () => undefined)).rows);
    rows.set(key, found);
  }
  const firstOf = (key: string) => rows.get(key)?.[0];
  expect(firstOf('#/experiments Experiments')).toBe(2);
  expect(firstOf('#/experiments/exp1 Iterations')).toBe(4);
  expect(firstOf('#/experiments/exp1/iterations/0 Proposals')).toBe(2);
  expect(firstOf('#/experiments/exp1/iterations/0 Samples')).toBe(1);
  expect(firstOf('#/proposals All proposals')).toBe(4);
  expect(texts.get('#/proposals All proposals')).toContain('FROM evaluations');
  expect(texts.get('#/runs/exp1-iter0-evaluation?tick=1 Payments')).toMatch(
    /FROM payments\nWHERE file_id = \(SELECT .*\)\n {2}AND simulation_id = 'exp1-iter0-evaluation';/,
  );
});

test('saved texts that cannot be read are counted and kept as they are, beside what is saved later', async () => {
  const app = await renderApp();
  await app.pickFiles(await writeFixture('B-V5', fullContent));
  await app.open('#/sql');
  const key = 'iterscope:1:savedQueries';
  const damaged = JSON.stringify([{ name: 'good', text: 'SELECT 1' }, { name: 7 }]);
  localStorage.setItem(key, damaged);
  await app.click(app.button('Saved and run before'));
  expect(document.querySelector('[data-code=unreadable-queries]')?.textContent).toContain(
    '1 saved text could not be read',
  );
  expect(app.screen.getByRole('button', { name: 'Remove good' })).toBeDefined();
  await app.click(app.screen.getByRole('button', { name: 'Remove good' }));
  expect(localStorage.getItem(key)).toBe('[]');
  expect(localStorage.getItem('iterscope:1:unreadableQueries')).toBe(damaged);
  await app.press('{Escape}');
  localStorage.setItem(key, 'no list');
  await app.click(app.button('Saved and run before'));
  expect(document.querySelector('[data-code=unreadable-queries]')).not.toBeNull();
});
