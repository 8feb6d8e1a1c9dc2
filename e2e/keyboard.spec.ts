/** Everything from the open screen to a rejected proposal with the keyboard alone, and one always sees where one is. */
import { join } from 'node:path';

import type { Locator } from '@playwright/test';

import { twoBanks } from './fixtures/twoBanks.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test, type App } from './support/app.ts';
import { cellOf, records } from './support/grid.ts';

const mostStops = 60;

/** What has the focus shows a ring, by outline or by shadow. */
async function expectFocusSeen(target: Locator): Promise<void> {
  await expect(target).toBeFocused();
  const seen = await target.evaluate((element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const { width, height } = element.getBoundingClientRect();
    const ring = (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
    return element.matches(':focus-visible') && ring && width > 0 && height > 0;
  });
  expect(seen, 'a visible focus ring').toBe(true);
}

/** Presses Tab until `target` has the focus, and sees it there. */
async function tabTo(app: App, target: Locator): Promise<void> {
  for (let stops = 0; stops < mostStops; stops += 1) {
    await app.page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) {
      await expectFocusSeen(target);
      return;
    }
  }
  throw new Error(`not reached in ${mostStops} stops: ${String(target)}`);
}

test('from the open screen to a rejected proposal, sorting, searching, and the list of keys', async ({
  app,
  folder,
  page,
}) => {
  const first = await writeDatabase(join(folder, 'first.db'), 'B-V5', twoBanks('first'));
  const second = await writeDatabase(join(folder, 'second.db'), 'B-V5', twoBanks('second', { name: 'exp2' }));
  const { keyboard } = page;
  const focused = page.locator(':focus');

  await app.open();
  // Listened for from the start, as below: the key could come before the browser knows that one listens.
  const chosen = page.waitForEvent('filechooser');
  await keyboard.press('Tab');
  await expect(focused).toHaveText('Skip to content');
  await expectFocusSeen(focused);
  await tabTo(app, page.getByRole('button', { name: 'Choose files' }));
  await keyboard.press('Enter');
  const chooser = await chosen;
  expect(chooser.isMultiple()).toBe(true);
  await chooser.setFiles([first, second]);
  await app.waitIdle();

  const list = app.gridLocator('Experiments');
  const link = list.locator('a[data-row-link][href*="/experiments/second?"]');
  await tabTo(app, list.locator('a[data-row-link]').first());
  await keyboard.press('End');
  await expectFocusSeen(focused);
  await keyboard.press('Home');
  for (let rows = 0; rows < 4 && !(await link.evaluate((own) => own === document.activeElement)); rows += 1)
    await keyboard.press('ArrowDown');
  await expectFocusSeen(link);
  await keyboard.press('Enter');
  await app.waitIdle();
  await expect(page.getByRole('navigation', { name: 'Breadcrumbs' })).toContainText('second');

  const figure = page.getByRole('application', { name: 'Policy and cost by iteration' });
  await tabTo(app, figure);
  const spoken = figure.getByRole('status');
  // The first key enters at the selected iteration.
  await keyboard.press('ArrowRight');
  await keyboard.press('Home');
  await expect(spoken).toContainText('Iteration 0, BANK_A');
  await keyboard.press('ArrowRight');
  await expect(spoken).toContainText('Iteration 1');
  for (let moves = 0; moves < 6 && !(await spoken.innerText()).includes('rejected'); moves += 1) {
    await keyboard.press('ArrowDown');
  }
  await expect(spoken).toContainText('Iteration 1, BANK_A, proposal rejected');
  await expectFocusSeen(figure);
  await keyboard.press('Enter');
  await app.waitIdle();

  await expect(page.getByRole('heading', { name: 'Iteration 1', exact: true })).toBeVisible();
  const [rejected] = records(await app.grid('Proposals'));
  expect(cellOf(rejected, 'Verdict')).toBe('rejected below the floor');

  await keyboard.press('[');
  await expect(page.getByRole('heading', { name: 'Iteration 0', exact: true })).toBeVisible();
  await keyboard.press(']');
  await expect(page.getByRole('heading', { name: 'Iteration 1', exact: true })).toBeVisible();
  await keyboard.press('e');
  await expect(list).toBeVisible();

  await test.step('sorting from the headings, and a search that Escape empties', async () => {
    await app.open('#/experiments/second');
    const grid = app.gridLocator('Iterations');
    await tabTo(app, grid.locator('[role=row][aria-selected=true]').getByRole('link').first());
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowRight');
    const heading = page.locator(':focus');
    await expect(heading).toHaveAccessibleName('Total cost');
    await expectFocusSeen(heading);
    await page.keyboard.press('Enter');
    await expect(grid.getByRole('columnheader', { name: 'Total cost' })).toHaveAttribute(
      'aria-sort',
      'ascending',
    );
    const rows = records(await app.grid('Iterations'));
    expect(rows.map((row) => cellOf(row, 'Total cost'))).toEqual(['$70.00', '$90.00', '$100.00']);

    await page.keyboard.press('e');
    const search = page.getByLabel('Search experiments');
    await tabTo(app, search);
    await page.keyboard.type('nobody');
    await expect(page.getByText('No experiment fits the filter.')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(search).toHaveValue('');
    expect(await app.rowCount('Experiments')).toBe(2);
  });

  await test.step('the list of keys opens on ?, holds the focus, and gives it back', async () => {
    await app.open();
    // Listened for from the start: on a busy machine the key could come before the browser knows that one listens.
    const again = page.waitForEvent('filechooser');
    const choose = page.getByRole('button', { name: 'Choose files' });
    await tabTo(app, choose);
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Help and keys' });
    await expect(dialog).toBeVisible();
    await expect(dialog).toContainText('all experiments');
    for (let stops = 0; stops < 3; stops += 1) {
      await page.keyboard.press('Tab');
      await expect(dialog.locator(':focus')).toHaveCount(1);
    }
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expectFocusSeen(choose);

    await page.keyboard.press('o');
    expect((await again).isMultiple()).toBe(true);
  });
});
