/** Judgements on proposals: kept over a reload, taken out and in as JSON, merged with a colleague's. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { twoBanks } from './fixtures/twoBanks.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test, type App } from './support/app.ts';

const panelOf = (page: Page) => page.getByRole('complementary', { name: 'Your judgement' });
const noteOf = (page: Page) => page.getByRole('textbox', { name: 'Note, plain text' });

async function openDesk(app: App, path: string, experiment: string, more = ''): Promise<void> {
  await app.open();
  await app.pickFiles(path);
  await app.open(`#/experiments/${experiment}/proposals${more}`);
}

async function exported(page: Page, path: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export JSON' }).click(),
  ]);
  await download.saveAs(path);
  return readFile(path, 'utf8');
}

test('a judgement survives a reload, a renamed copy of the file, and a way out and in; it stands beside a colleague’s', async ({
  app,
  folder,
  page,
}) => {
  const path = await writeDatabase(join(folder, 'review.db'), 'B-V5', twoBanks('reviewed'));
  await openDesk(app, path, 'reviewed', '?agent=BANK_A&iteration=1');
  const panel = panelOf(page);
  await expect(panel).toContainText('0 of 2 reviewed');
  await page.keyboard.press('d');
  await page.keyboard.press('w');
  await expect(noteOf(page)).toBeFocused();
  await page.keyboard.type('One run decides.');
  await page.keyboard.press('Escape');
  await expect(noteOf(page)).not.toBeFocused();
  await expect(panel).toContainText('1 of 2 reviewed');
  await panel.getByRole('button', { name: 'Add your name' }).click();
  await panel.getByLabel('Your name').fill('Anna');
  await page.keyboard.press('Enter');
  await expect(panel).toContainText('Reviewing as Anna.');
  await app.waitIdle();
  await app.expectAccessible();

  await page.reload();
  const copy = await writeDatabase(join(folder, 'copy.db'), 'B-V5', twoBanks('reviewed'));
  await openDesk(app, copy, 'reviewed', '?agent=BANK_A&iteration=1');
  await expect(panel).toContainText('1 of 2 reviewed');
  await expect(panel.getByRole('radio', { name: 'Disagree' })).toBeChecked();
  await expect(noteOf(page)).toHaveValue('One run decides.');

  const json = await exported(page, join(folder, 'reviews.json'));
  expect(JSON.parse(json)).toMatchObject({
    format: 'iterscope-reviews',
    version: 1,
    judgements: [
      {
        experiment: 'reviewed',
        iteration: 1,
        agent: 'BANK_A',
        reviewer: 'Anna',
        opinion: 'disagree',
        note: 'One run decides.',
      },
    ],
  });
  await page.getByRole('button', { name: 'Delete all reviews' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete all reviews' }).click();
  await expect(panel).toContainText('0 of 2 reviewed');
  await page.getByLabel('Import reviews').setInputFiles(join(folder, 'reviews.json'));
  await expect(panel).toContainText('Read 1 judgement: 1 new.');
  await expect(panel).toContainText('1 of 2 reviewed');
  await expect(noteOf(page)).toHaveValue('One run decides.');

  await test.step('where a colleague thinks otherwise both are shown; a file that is none is refused', async () => {
    await app.pickFiles(await writeDatabase(join(folder, 'colleague.db'), 'B-V5', twoBanks('disputed')));
    await app.open('#/experiments/disputed/proposals?agent=BANK_A&iteration=1');
    await page.keyboard.press('a');
    const colleague = {
      format: 'iterscope-reviews',
      version: 1,
      judgements: [
        {
          experiment: 'disputed',
          iteration: 1,
          agent: 'BANK_A',
          reviewer: 'Ben',
          opinion: 'disagree',
          note: '<img src=x onerror="window.hit=1"> too strict',
          at: '2026-11-25T10:00:00Z',
        },
      ],
    };
    await writeFile(join(folder, 'ben.json'), JSON.stringify(colleague));
    await page.getByLabel('Import reviews').setInputFiles(join(folder, 'ben.json'));
    await expect(panel).toContainText('Reviewers differ on this proposal.');
    const both = panel.getByRole('region', { name: 'Judgements of all reviewers' }).getByRole('listitem');
    await expect(both).toHaveCount(2);
    await expect(both.filter({ hasText: 'Ben' })).toContainText(
      '<img src=x onerror="window.hit=1"> too strict',
    );
    await expect(panel.getByRole('radio', { name: 'Agree with the rejection' })).toBeChecked();
    expect(await page.evaluate(() => Reflect.get(window, 'hit') as unknown)).toBeUndefined();
    await app.waitIdle();
    await app.expectAccessible();

    await writeFile(join(folder, 'none.json'), '{"format": "something else"}');
    await page.getByLabel('Import reviews').setInputFiles(join(folder, 'none.json'));
    await expect(panel).toContainText('This JSON file holds no reviews');
    await expect(both).toHaveCount(2);
  });
});
