/** Own questions in SQL, as only a browser shows them: the editor, an engine of their own, many rows. */
import { join } from 'node:path';

import { twoBanks } from './fixtures/twoBanks.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test, type App } from './support/app.ts';

const sqlHash = (text: string): string => `#/sql?q=${encodeURIComponent(text)}`;

async function openSql(app: App, folder: string, text: string): Promise<void> {
  await app.open();
  await app.pickFiles(await writeDatabase(join(folder, 'asked.db'), 'B-V5', twoBanks('asked')));
  await show(app, text);
}

/** Follows a link with another text to the same page. */
async function show(app: App, text: string): Promise<void> {
  await app.page.evaluate((hash) => (location.hash = hash), sqlHash(text));
  await expect(app.page.getByRole('textbox', { name: 'SQL' })).toContainText(text.split('\n').at(-1) ?? '');
  await app.waitIdle();
}

const run = (app: App) => app.page.getByRole('button', { name: 'Run', exact: true }).click();

test('a link shows its query and runs nothing; names complete with a sentence; an error is marked at its place', async ({
  app,
  folder,
}) => {
  await openSql(app, folder, 'SELECT verdict FROM proposals');
  await expect(app.page.getByRole('grid')).toHaveCount(0);
  await run(app);
  expect((await app.grid('Results')).rows.length).toBeGreaterThan(0);

  const editor = app.page.getByRole('textbox', { name: 'SQL' });
  await show(app, 'SELECT verdict FROM ');
  await editor.click();
  await app.page.keyboard.press('Control+End');
  await app.page.keyboard.type('propo');
  const choices = app.page.getByRole('listbox');
  await expect(choices.getByRole('option', { name: 'proposals' })).toBeVisible();
  await expect(app.page.locator('.cm-completionInfo')).toContainText('One row is one proposed policy');

  await show(app, 'SELECT verdict,\n  nothing_like_it\nFROM proposals');
  await run(app);
  const problem = app.page.getByRole('alert');
  await expect(problem).toContainText('Line 2, column 3.');
  await expect(problem).toContainText('There is no column nothing_like_it here.');
  await expect(app.page.locator('.cm-lintRange-error')).toHaveText('nothing_like_it');

  await show(app, 'SELECT *\nFROM proposals WHERE');
  await run(app);
  await expect(problem).toContainText('Line 2, column 21.');
  await expect(problem).toContainText('The statement ends too soon.');
  await expect(problem).not.toContainText('exception');
  await expect(app.page.locator('.cm-line').last().locator('.cm-lintPoint-error')).toBeAttached();
});

test('a query without end is cancelled, or ends for want of memory; then 5,000,000 rows are paged', async ({
  app,
  folder,
}) => {
  await openSql(
    app,
    folder,
    'SELECT count(*) FROM range(400000) a, range(400000) b WHERE a.range * b.range = 7',
  );
  await run(app);
  const status = app.page.getByRole('status').filter({ hasText: 'Running' });
  await expect(status).toBeVisible();
  await app.page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(app.page.getByText(/^Cancelled after /)).toBeVisible();

  // The table of its result is begun, and must not be in the way of the next.
  await show(app, 'SELECT range AS i FROM range(2000000000)');
  await run(app);
  await expect(status).toBeVisible();
  await app.page.waitForTimeout(200);
  await app.page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(app.page.getByText(/^Cancelled after /)).toBeVisible();
  await show(app, 'SELECT 6 * 7 AS answer');
  await run(app);
  await expect(app.gridLocator('Results').getByRole('gridcell').first()).toHaveText('42');

  await show(app, 'SELECT string_agg(repeat(range::VARCHAR, 1000)) FROM range(20000000)');
  await run(app);
  await expect(app.page.getByText(/needs? more memory/)).toBeVisible({ timeout: 120_000 });
  // The engine of the screens was not touched.
  await app.page.getByRole('link', { name: 'Experiments', exact: true }).first().click();
  await app.waitIdle();
  await expect(app.gridLocator('Experiments')).toContainText('asked');

  await show(app, 'SELECT range AS i FROM range(5000000)');
  await run(app);
  await expect.poll(() => app.rowCount('Results')).toBe(5_000_000);
  await expect(app.page.getByText('5,000,000 rows, 1 column')).toBeVisible();
  await app.page.getByRole('button', { name: 'Rows after' }).click();
  await expect(app.page.getByText('Rows 500,001 to 1,000,000 of 5,000,000')).toBeVisible();
  const grid = app.gridLocator('Results');
  await grid.getByRole('gridcell').first().click();
  await app.page.keyboard.press('Control+End');
  await expect(grid).toContainText('999999');
});
