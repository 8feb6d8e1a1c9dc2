/** The first visit opens the sample, once, and gets out of the way of whatever the reader opens. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { printsOfFile } from '../src/source/fingerprint.ts';
import { headBytes } from '../src/source/header.ts';
import { twoBanks } from './fixtures/twoBanks.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test, type App } from './support/app.ts';

test.use({ returning: false });

const chips = (app: App) => app.page.getByRole('list', { name: 'Open files' }).getByRole('listitem');
const openScreen = (app: App) => app.page.getByRole('heading', { name: /^See what every policy cost/ });

test('a bare first visit opens the sample and says so; the next one asks for files', async ({ app }) => {
  await app.open();
  await expect(chips(app)).toHaveText([/^sample\.duckdb/]);
  expect(app.hash).toBe('#/experiments?db=sample&v=1');
  expect(await app.rowCount('Experiments')).toBe(11);
  await expect(app.page.getByText('This is the sample')).toBeVisible();
  await app.expectAccessible();

  await app.page.getByRole('button', { name: 'Close the sample' }).click();
  await app.waitIdle();
  await expect(chips(app)).toHaveCount(0);
  await expect(openScreen(app)).toBeVisible();

  await app.page.goto('about:blank');
  await app.open();
  await expect(openScreen(app)).toBeVisible();
  await expect(chips(app)).toHaveCount(0);
});

test('a sample that nobody asked for stays open beside a refused file, after a reload too, and gives way to one that opens', async ({
  app,
  folder,
}) => {
  const empty = join(folder, 'empty.db');
  await writeFile(empty, '');
  await app.open();
  await app.pickFiles(empty);
  await expect(app.alert('empty-file')).toBeVisible();
  await expect(chips(app)).toHaveText([/^sample\.duckdb/]);

  await app.gridLocator('Experiments').getByRole('link').first().click();
  await app.waitIdle();
  await app.page.reload();
  await app.waitIdle();
  await expect(app.page.getByText('This is the sample')).toBeVisible();
  const path = await writeDatabase(join(folder, 'own.db'), 'B-V5', twoBanks('own'));
  await app.dropFiles(path);
  await expect(chips(app)).toHaveText([/^own\.db/]);
  expect(app.hash).toMatch(/^#\/experiments\?/);
  expect(await app.rowCount('Experiments')).toBe(1);
  expect(app.hash).not.toContain('sample');
});

test('a link followed while the sample is open leads to its view, and the sample gives way', async ({
  app,
  folder,
}) => {
  const path = await writeDatabase(join(folder, 'sent.db'), 'B-V5', twoBanks('sent'));
  const bytes = await readFile(path);
  const { content } = await printsOfFile(bytes.subarray(0, headBytes), new Blob([bytes]));
  await app.open();
  await app.open(`#/experiments/sent?db=${encodeURIComponent(`file:sent.db~${content ?? ''}`)}`);
  await expect(app.page.getByRole('heading', { name: 'This link needs sent.db' })).toBeVisible();
  await app.pickFiles(path);
  await expect(chips(app)).toHaveText([/^sent\.db/]);
  expect(app.hash).toMatch(/^#\/experiments\/sent\?/);
  expect(app.hash).not.toContain('sample');
});

test('a sample that the reader keeps stays beside what is opened', async ({ app, folder }) => {
  const path = await writeDatabase(join(folder, 'beside.db'), 'B-V5', twoBanks('beside'));
  await app.open();
  await app.page.getByRole('button', { name: 'Keep it' }).click();
  await expect(app.page.getByText('This is the sample')).toHaveCount(0);
  await app.pickFiles(path);
  await expect(chips(app)).toHaveText([/^sample\.duckdb/, /^beside\.db/]);
});

test('a file dropped before the sample has come is opened alone', async ({ app, folder, page }) => {
  const path = await writeDatabase(join(folder, 'quick.db'), 'B-V5', twoBanks('quick'));
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/samples/index.json', async (route) => {
    await released;
    await route.continue();
  });
  await page.goto('/');
  await page.getByLabel('Open database files').setInputFiles(path);
  await expect(chips(app)).toHaveText([/^quick\.db/]);
  release();
  await app.waitIdle();
  await expect(chips(app)).toHaveText([/^quick\.db/]);
});

test('a link that names a screen or a file is followed instead', async ({ app }) => {
  await app.open('#/experiments/nobody');
  await expect(openScreen(app)).toBeVisible();
  await app.open('#/?db=sample');
  await expect(chips(app)).toHaveText([/^sample\.duckdb/]);
  await expect(app.page.getByText('This is the sample')).toHaveCount(0);
});
