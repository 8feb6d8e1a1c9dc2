/** What people drop: packed files, folders, exports, logs of other files; and what they write as an address. */
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';

import { twoBanks } from './fixtures/twoBanks.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test, type App } from './support/app.ts';
import { records } from './support/grid.ts';

async function openNames(app: App): Promise<readonly string[]> {
  await app.open(`#/${app.hash.replace(/^[^?]*/, '')}`);
  return records(await app.grid('Open files')).map((row) => row.File ?? '');
}

const experimentIds = async (app: App): Promise<readonly (string | undefined)[]> =>
  records(await app.grid('Experiments')).map((row) => row.Id);

async function closeAll(app: App): Promise<void> {
  const closers = app.page.getByRole('list', { name: 'Open files' }).getByRole('button', { name: /^Close / });
  while ((await closers.count()) > 0) {
    await closers.first().click();
    await app.waitIdle();
  }
}

test('an archive, a packed database, folders dropped and chosen, an export', async ({ app, folder }) => {
  await app.open();
  await test.step('many databases in one archive are asked about before they are opened', async () => {
    const path = await writeDatabase(join(folder, 'one-of-many.db'), 'B-V5', twoBanks('many'));
    const bytes = await readFile(path);
    const names = Array.from({ length: 21 }, (_, i) => `run-${i}.db`);
    const packed = join(folder, 'many.zip');
    const zip = new ZipWriter(new Uint8ArrayWriter());
    for (const name of names) await zip.add(name, new Uint8ArrayReader(bytes), { level: 1 });
    await writeFile(packed, await zip.close());
    await app.dropFiles(packed);
    const question = app.page.getByRole('alertdialog', { name: 'Open 21 databases?' });
    await question.getByRole('button', { name: 'Cancel' }).click();
    await app.waitIdle();
    await expect(app.page.getByRole('list', { name: 'Open files' })).toHaveCount(0);
    await expect(app.page.getByRole('alert')).toHaveCount(0);
  });
  await test.step('a database packed with gzip is unpacked', async () => {
    const path = await writeDatabase(join(folder, 'packed.db'), 'B-V5', twoBanks('packed'));
    const packed = join(folder, 'packed.db.gz');
    await writeFile(packed, gzipSync(await readFile(path)));
    await app.dropFiles(packed);
    expect(await experimentIds(app)).toEqual(['packed']);
    expect(app.hash).toContain('file%3Apacked.db%7E');
    await expect(app.page.getByRole('alert')).toHaveCount(0);
    await closeAll(app);
  });
  await test.step('a folder gives its databases, those of one name told apart, and nothing else', async () => {
    const top = await mkdtemp(join(folder, 'results-'));
    for (const id of ['one', 'two']) {
      await mkdir(join(top, id));
      await writeDatabase(join(top, id, 'results.db'), 'B-V5', twoBanks(id));
      await writeFile(join(top, id, 'notes.txt'), 'nothing to open');
    }
    await app.dropFiles(top);
    expect(new Set(await experimentIds(app))).toEqual(new Set(['one', 'two']));
    for (const name of await openNames(app)) expect(name).toMatch(/^results\.db~[0-9a-f]{8}$/);
    await expect(app.page.getByRole('alert')).toHaveCount(0);

    const many = await mkdtemp(join(folder, 'many-'));
    const bytes = await readFile(join(top, 'one', 'results.db'));
    for (let i = 0; i < 21; i += 1) await writeFile(join(many, `run-${i}.db`), bytes);
    await app.dropFiles(many);
    const question = app.page.getByRole('alertdialog', { name: 'Open 21 databases?' });
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect(question).toHaveCount(0);
    await app.waitIdle();
    expect(await openNames(app)).toHaveLength(2);
    await closeAll(app);
  });
  await test.step('a chosen folder gives its databases as a dropped one does', async () => {
    const top = await mkdtemp(join(folder, 'chosen-'));
    await mkdir(join(top, 'below'));
    await writeDatabase(join(top, 'plain.db'), 'B-V5', twoBanks('plain'));
    await writeDatabase(join(top, 'below', 'running.db'), 'B-V5', twoBanks('running'), { leaveWal: true });
    await writeFile(join(top, 'below', 'notes.txt'), 'nothing to open');
    const choosing = app.page.waitForEvent('filechooser');
    await app.page.getByRole('button', { name: 'Choose a folder' }).click();
    await (await choosing).setFiles(top);
    await expect(app.page.getByRole('list', { name: 'Open files' })).toContainText(/running\.db.*\+ WAL/);
    await app.waitIdle();
    expect(new Set(await experimentIds(app))).toEqual(new Set(['plain', 'running']));
    await expect(app.page.getByRole('alert')).toHaveCount(0);
  });
  await test.step('an exported database is one refusal with the statement that imports it', async () => {
    const exported = await mkdtemp(join(folder, 'exported-'));
    for (const name of ['schema.sql', 'load.sql', 'experiments.csv'])
      await writeFile(join(exported, name), '-- ');
    await app.dropFiles(exported);
    await expect(app.page.getByRole('alert')).toHaveCount(1);
    const alert = app.alert('exported-database');
    await expect(alert).toContainText('IMPORT DATABASE');
    await expect(alert).toContainText(`STORAGE_VERSION 'v1.0.0'`);
  });
});

test('an address says what is possible, and a password is gone at once', async ({ app, page }) => {
  await app.open();
  const box = page.getByLabel('Or from a URL');
  const read = page.locator('form').getByRole('button', { name: 'Open' });
  await box.fill('s3://bucket/runs/x.db');
  await read.click();
  await expect(page.getByRole('status').filter({ hasText: 'Amazon S3' })).toContainText(
    'https://bucket.s3.amazonaws.com/runs/x.db',
  );
  await expect(page.getByRole('button', { name: 'Open the https address' })).toBeVisible();
  await box.fill(String.raw`C:\runs\x.db`);
  await read.click();
  await expect(page.getByText('A page cannot read paths')).toBeVisible();
  await box.fill('http://me:secret@host.example/x.db');
  await read.click();
  await expect(box).toHaveValue('http://host.example/x.db');
  await expect(page.locator('body')).not.toContainText('secret');

  const link = new URLSearchParams({ db: 'ftp://me:secret@host.example/x.db' });
  await app.open(`#/experiments?${link}`);
  await expect(page.locator('body')).not.toContainText('secret');
  expect(app.hash).not.toContain('secret');
});
