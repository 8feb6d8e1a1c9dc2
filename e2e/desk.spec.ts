/** The rejection desk: a review with the keyboard alone that survives a reload, fifty thousand proposals, axe. */
import { join } from 'node:path';

import { rejectedProposals, repeated } from './fixtures/manyProposals.ts';
import { twoBanks } from './fixtures/twoBanks.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test, type App } from './support/app.ts';
import { cellOf, records } from './support/grid.ts';

async function openDesk(app: App, path: string, hash: string): Promise<void> {
  await app.open();
  await app.pickFiles(path);
  await app.open(hash);
}

test('twenty proposals reviewed without the mouse; the desk is accessible, wide and narrow, light and dark, and empty', async ({
  app,
  folder,
  page,
}) => {
  const path = await writeDatabase(join(folder, 'twenty.db'), 'B-V5', rejectedProposals(10, 'twenty'));
  await openDesk(app, path, '#/experiments/twenty/proposals');
  expect(await app.rowCount('Proposals')).toBe(20);
  const { keyboard } = page;
  for (let at = 0; at < 20; at += 1) {
    await keyboard.press(['a', 'd', 'u'][at % 3] ?? 'a');
    if (at === 3) {
      await keyboard.press('w');
      await keyboard.type('judged d j k');
      await keyboard.press('Escape');
    }
    await expect(page.getByText(`${at + 1} of 20 reviewed`).first()).toBeVisible();
    await keyboard.press('Enter');
    await app.waitIdle();
  }
  await expect(page.getByRole('button', { name: 'End of the list' })).toBeDisabled();
  const rows = records(await app.grid('Proposals'));
  expect(rows.map((row) => cellOf(row, 'Judgement')).slice(0, 4)).toEqual([
    'agree',
    'disagree',
    'unsure',
    'agree',
  ]);
  expect(app.hash).toContain('iteration=9');

  await app.open('#/experiments/twenty/proposals?iteration=1&agent=BANK_B');
  await expect(page.getByLabel(/^Note/)).toHaveValue('judged d j k');
  await keyboard.press('k');
  await expect.poll(() => app.hash).toContain('agent=BANK_A');
  await keyboard.press('j');
  await expect.poll(() => app.hash).toContain('agent=BANK_B');

  await page.reload();
  await app.pickFiles(path);
  await expect(page.getByText('20 of 20 reviewed').first()).toBeVisible();

  await app.pickFiles(await writeDatabase(join(folder, 'desk.db'), 'B-V5', twoBanks('desk')));
  await app.open('#/experiments/desk/proposals');
  await test.step('axe', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await app.expectAccessible();
    await page.emulateMedia({ colorScheme: 'dark' });
    await app.expectAccessible('contrast');
    for (const width of [900, 600]) {
      await page.setViewportSize({ width, height: 800 });
      await app.waitIdle();
      await app.expectAccessible('structure');
    }
    await app.gridLocator('Proposals').getByRole('row').nth(1).click();
    await app.waitIdle();
    await app.expectAccessible();
    await expect(app.gridLocator('Proposals')).toBeHidden();
    await page.getByRole('button', { name: 'All proposals' }).click();
    await expect(app.gridLocator('Proposals')).toBeVisible();
    await app.open('#/experiments/desk/proposals?kind=unstable');
    await expect(page.getByText('No proposal fits the filters.')).toBeVisible();
    await app.expectAccessible();
  });
});

test('fifty thousand proposals are listed, and the last is one key away from its neighbour', async ({
  app,
  folder,
  page,
}) => {
  test.slow();
  const path = await writeDatabase(join(folder, 'many.db'), 'B-V5', rejectedProposals(10, 'many'), {
    statements: [repeated(2500)],
  });
  await openDesk(app, path, '#/experiments/many/proposals?agent=BANK_A&iteration=24999');
  expect(await app.rowCount('Proposals')).toBe(50_000);
  const selected = app.gridLocator('Proposals').locator('[role=row][aria-selected=true]');
  await expect(selected).toHaveAttribute('aria-rowindex', '50000');
  await page.keyboard.press('j');
  await expect(selected).toHaveAttribute('aria-rowindex', '50001');
  await expect(page.getByRole('button', { name: 'End of the list' })).toBeDisabled();
});
