/** A link brings back the view: reloaded, gone back to, sent to somebody who has the file, or half wrong. */
import { join } from 'node:path';

import { twoBanks } from './fixtures/twoBanks.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test, type App } from './support/app.ts';
import { cellOf, records } from './support/grid.ts';
import { startRangeServer } from './support/rangeServer.ts';

const oddId = 'a/b c%#?é';

/** The search part of the address bar. */
const searchOf = (app: App): URLSearchParams => new URLSearchParams(app.hash.replace(/^[^?]*/, ''));

const selected = (app: App) =>
  app.gridLocator('Iterations').locator('[role=row][aria-selected=true]').locator('[role=gridcell]').first();

/** What the view of `experimentView` looks like, whichever way one came to it. */
async function expectExperimentView(app: App): Promise<void> {
  await expect(app.page.getByRole('radio', { name: 'Δ cost' })).toBeChecked();
  await expect(app.page.getByRole('button', { name: 'BANK_B', exact: true })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
  await expect(selected(app)).toHaveText('1');
}

const experimentView = 'iteration=1&agent=BANK_A&metric=delta&hide=BANK_B';

test('settings of the figure and the list live in the address, through reload and back; links lead to any screen', async ({
  app,
  folder,
}) => {
  const path = await writeDatabase(join(folder, 'linked.db'), 'B-V5', twoBanks('linked'));
  const server = await startRangeServer({ files: [path], cors: true });
  app.allowOrigin(server.origin);
  const db = `db=${encodeURIComponent(server.address(path))}`;

  await app.open(`#/experiments?${db}&sort=-final&q=linked&status=converged`);
  await expect(app.page.getByLabel('Search experiments')).toHaveValue('linked');
  await expect(app.page.getByRole('combobox', { name: 'Status' })).toHaveValue('converged');
  await expect(app.page.getByRole('columnheader', { name: 'Final cost' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await app.page.getByLabel('Search experiments').fill('nothing like it');
  await expect(app.page.getByText('No experiment fits the filter.')).toBeVisible();
  expect(searchOf(app).get('q')).toBe('nothing like it');

  await app.open(`#/experiments/linked?${db}`);
  await app.page.getByRole('radio', { name: 'Δ cost' }).check();
  await app.page.getByRole('button', { name: 'BANK_B', exact: true }).click({ modifiers: ['Shift'] });
  await app.page.getByRole('button', { name: 'Previous iteration' }).click();
  await app.page.getByRole('button', { name: 'Next iteration' }).click();
  await app.waitIdle();
  expect(searchOf(app).get('metric')).toBe('delta');
  expect(searchOf(app).getAll('hide')).toEqual(['BANK_B']);
  expect(searchOf(app).get('iteration')).toBe('1');
  await expectExperimentView(app);

  await app.page.reload();
  await app.waitIdle();
  await expectExperimentView(app);

  await app.gridLocator('Iterations').getByRole('link', { name: '0', exact: true }).click();
  await app.waitIdle();
  await expect(app.page.getByRole('heading', { name: 'Iteration 0', exact: true })).toBeVisible();
  await app.page.goBack();
  await app.waitIdle();
  await expectExperimentView(app);

  await test.step('a change of a setting leaves the page where it is scrolled to', async () => {
    await app.page.setViewportSize({ width: 1280, height: 500 });
    const previous = app.page.getByRole('button', { name: 'Previous iteration' });
    await previous.scrollIntoViewIfNeeded();
    await app.page.evaluate(() => window.scrollTo(0, 80));
    await previous.click();
    await expect(selected(app)).toHaveText('0');
    await app.waitIdle();
    expect(await app.page.evaluate(() => window.scrollY)).toBe(80);
    await app.page.setViewportSize({ width: 1280, height: 800 });
  });

  await test.step('links to a run and to an iteration, with parameters before the # too', async () => {
    await app.open(`#/runs/linked-sim-002-eval?${db}`);
    const crumbs = app.page.getByRole('navigation', { name: 'Breadcrumbs' });
    await expect(crumbs).toContainText('sim-002-eval');
    await expect(app.page.locator('main')).toContainText('file linked.db');

    await app.page.goto(`/?${db}#/experiments/linked/iterations/1`);
    await app.waitIdle();
    const proposals = records(await app.grid('Proposals'));
    expect(proposals.map((row) => cellOf(row, 'New cost'))).toEqual(['$90.00', '$30.00']);
  });
  await server.close();
});

test('a link to a local file asks for it and goes on to the view', async ({ app, folder }) => {
  const path = await writeDatabase(join(folder, 'local.db'), 'B-V5', twoBanks('local'));
  await app.open();
  await app.pickFiles(path);
  await app.open(
    `#/experiments/local?${searchOf(app)}&${experimentView}&scale=log&param=initial_liquidity_fraction`,
  );
  await expectExperimentView(app);
  const link = app.hash;

  await app.forgetFiles(1);
  await app.page.reload();
  await app.waitIdle();
  await expect(app.page.getByRole('heading', { name: 'This link needs local.db' })).toBeVisible();
  expect(app.hash).toBe(link);
  await app.dropFiles(path);
  await expect(app.page.getByRole('navigation', { name: 'Breadcrumbs' })).toContainText('local');
  await expectExperimentView(app);
  expect(app.hash).toBe(link);
  await expect(app.page.getByText('is not as it was')).toHaveCount(0);

  await writeDatabase(path, 'B-V5', twoBanks('local', { name: 'exp1, run again' }));
  await app.forgetFiles(0);
  await app.page.reload();
  await app.waitIdle();
  await app.dropFiles(path);
  const wrong = app.page.locator('[data-code=wrong-file]');
  await expect(wrong).toContainText(
    'local.db is another file of this name. Same experiments and as many iterations, but',
  );
  await expect(app.page.getByRole('heading', { name: 'exp1, run again' })).toHaveCount(0);
  await wrong.getByRole('button', { name: 'Show the view with it' }).click();
  await app.waitIdle();
  await expect(app.page.getByRole('heading', { name: 'exp1, run again' })).toBeVisible();
  await expectExperimentView(app);
});

test('ids of any characters survive in links, in files and in settings', async ({ app, folder }) => {
  const content = twoBanks(oddId);
  const path = await writeDatabase(join(folder, 'odd name #1 100%.db'), 'B-V5', content);
  const twin = await writeDatabase(join(folder, 'twin.db'), 'B-V5', content);
  await app.open();
  await app.pickFiles(path, twin);
  await app.gridLocator('Experiments').getByRole('link', { name: oddId }).first().click();
  await app.waitIdle();
  const crumbs = app.page.getByRole('navigation', { name: 'Breadcrumbs' });
  await expect(crumbs).toContainText(oddId);
  expect(app.hash).toContain(`#/experiments/${encodeURIComponent(oddId)}?`);

  // A change of a setting writes the address anew, a link to the other file too.
  await app.page.getByRole('button', { name: 'Previous iteration' }).click();
  await expect(selected(app)).toHaveText('0');
  await expect(crumbs).toContainText(oddId);
  await app.page.locator('main').getByRole('link', { name: 'twin.db' }).click();
  await app.waitIdle();
  await expect(crumbs).toContainText(oddId);
  await expect(app.page.locator('main')).toContainText('Shown from twin.db');

  await app.gridLocator('Iterations').getByRole('link', { name: '1', exact: true }).click();
  await app.waitIdle();
  expect(app.hash).toContain(`#/experiments/${encodeURIComponent(oddId)}/iterations/1?`);
  await expect(app.page.getByRole('heading', { name: 'Iteration 1', exact: true })).toBeVisible();
  await app.gridLocator('Simulation runs').getByRole('link').first().click();
  await app.waitIdle();
  expect(app.hash).toContain(`#/runs/${encodeURIComponent(`${oddId}-sim-002-eval`)}?`);
  await expect(crumbs).toContainText(`${oddId}sim-002-eval`);

  await app.forgetFiles(2);
  await app.page.reload();
  await app.waitIdle();
  await expect(app.page.getByRole('heading', { name: 'This link needs twin.db' })).toBeVisible();
  const link = app.hash;
  await app.open(link.replace(/^#[^?]*/, '#/experiments'));
  await expect(
    app.page.getByRole('heading', { name: /This link needs .*odd name #1 100%\.db/ }),
  ).toBeVisible();
  await app.pickFiles(path, twin);
  await app.open(link);
  await expect(crumbs).toContainText(`${oddId}sim-002-eval`);
});
