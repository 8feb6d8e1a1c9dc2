/** What leaves a page whole: experiments as a database of their own, and the evidence for a verdict. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Locator } from '@playwright/test';
import { TextWriter, Uint8ArrayReader, ZipReader } from '@zip.js/zip.js';

import { twoBanks } from './fixtures/twoBanks.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test, type App } from './support/app.ts';
import { records } from './support/grid.ts';

async function saved(app: App, button: Locator, path: string): Promise<string> {
  const [download] = await Promise.all([app.page.waitForEvent('download'), button.click()]);
  await download.saveAs(path);
  return download.suggestedFilename();
}

/** What list and page say of an experiment, wherever it was opened from. */
async function shownOf(app: App, experiment: string) {
  await app.open('#/experiments');
  const listed = records(await app.grid('Experiments')).filter(({ Id }) => Id === experiment);
  await app.open(`#/experiments/${experiment}`);
  const iterations = records(await app.grid('Iterations'));
  await app.open(`#/experiments/${experiment}/proposals`);
  return { listed, iterations, proposals: records(await app.grid('Proposals')) };
}

test('an extract opens again with the same numbers and without what was left out; evidence holds the rows of a verdict', async ({
  app,
  folder,
  page,
}) => {
  await app.open();
  await app.pickFiles(
    await writeDatabase(join(folder, 'whole.db'), 'B-V5', twoBanks('taken')),
    await writeDatabase(join(folder, 'other.db'), 'A1', twoBanks('left')),
  );
  const before = await shownOf(app, 'taken');
  expect(before.iterations.length).toBeGreaterThan(1);

  const zip = join(folder, 'evidence.zip');
  await app.open('#/experiments/taken/proposals?agent=BANK_A&iteration=1');
  await saved(app, page.getByRole('button', { name: 'Export evidence' }), zip);
  const entries = await new ZipReader(new Uint8ArrayReader(await readFile(zip))).getEntries();
  const texts = new Map<string, string>();
  for (const entry of entries)
    if (!entry.directory) texts.set(entry.filename, await entry.getData(new TextWriter()));
  expect(texts.get('README.md')).toContain('whole.db');
  expect(JSON.parse(texts.get('rows/evaluations.json') ?? '')).toMatchObject({
    rows: [{ agent_id: 'BANK_A', iteration: 1, old_cost_cents: 4000, new_cost_cents: 9000, accepted: false }],
  });

  await app.open('#/experiments/taken');
  await page.getByRole('button', { name: 'Export database' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export database' });
  await expect(dialog.getByRole('checkbox', { name: 'taken' })).toBeChecked();
  await expect(dialog.getByRole('checkbox', { name: 'left' })).not.toBeChecked();
  await dialog.getByRole('checkbox', { name: /^Prompts/ }).uncheck();
  await app.expectAccessible();
  const extract = join(folder, 'extract.duckdb');
  expect(await saved(app, dialog.getByRole('button', { name: 'Download' }), extract)).toBe(
    'taken-extract.duckdb',
  );
  await expect(dialog.getByRole('status')).toContainText('Opened again and equal to the source');
  await expect(dialog).toContainText('System and user prompts were left out, as chosen');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Close whole.db' }).click();
  await page.getByRole('button', { name: 'Close other.db' }).click();
  await app.waitIdle();
  await app.pickFiles(extract);
  const after = await shownOf(app, 'taken');
  expect(after).toEqual(before);
  const bytes = await readFile(extract);
  expect(bytes.readBigUInt64LE(12)).toBe(64n);
  expect(bytes.includes('You choose the share of liquidity')).toBe(false);
});
