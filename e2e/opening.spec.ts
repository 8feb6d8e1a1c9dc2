/** Files are opened, joined, read anew and closed; what is being done is said and can be stopped. */
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { samplesFolder } from '../scripts/paths.ts';
import { twoBanks } from './fixtures/twoBanks.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test, type App } from './support/app.ts';
import { records } from './support/grid.ts';
import { startRangeServer } from './support/rangeServer.ts';
import { realFile } from './support/realFile.ts';

const chips = (app: App) => app.page.getByRole('list', { name: 'Open files' }).getByRole('listitem');

async function idsOf(app: App): Promise<string[]> {
  return records(await app.grid('Experiments')).map((row) => row.Id ?? '');
}

/** Every value that `data-status` has taken since the page began. */
async function statuses(app: App): Promise<readonly string[]> {
  return app.page.evaluate(() => Reflect.get(window, 'statuses') as string[]);
}

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Reflect.set(window, 'statuses', seen);
    let isListed = false;
    const note = (): void => {
      const wasListed = isListed;
      isListed = document.querySelector('[role=grid][aria-label=Experiments]') !== null;
      if (wasListed && !isListed) Reflect.set(window, 'listWent', true);
      const status = document.querySelector('html')?.dataset.status;
      if (status !== undefined && status !== seen.at(-1)) seen.push(status);
    };
    new MutationObserver(note).observe(document, { subtree: true, childList: true, attributes: true });
  });
});

test('several files from the picker, a third one dropped, each closed again; one read anew, one with its log', async ({
  app,
  folder,
}) => {
  const first = await writeDatabase(join(folder, 'first.db'), 'B-V5', twoBanks('first'));
  const second = await writeDatabase(join(folder, 'second.db'), 'A1', twoBanks('second'));
  const third = await writeDatabase(join(folder, 'third.db'), 'B-V2', twoBanks('third'));
  const input = app.page.getByLabel('Open database files');

  await app.open();
  await expect(input).toHaveAttribute('type', 'file');
  const booted = await statuses(app);
  expect(booted[0]).toBe('booting');
  expect(booted.indexOf('idle'), 'idle once, at the end').toBe(booted.length - 1);

  await app.pickFiles(first, second);
  await expect(chips(app)).toHaveText([/^first\.db/, /^second\.db/]);
  expect(await idsOf(app)).toEqual(['first', 'second']);
  expect((await statuses(app)).slice(-2)).toEqual(['busy', 'idle']);
  expect(await app.page.evaluate(() => Reflect.has(window, 'listWent')), 'rows that were shown stay').toBe(
    false,
  );
  await expect(input).toBeAttached();

  await app.dropFiles(third);
  await expect(chips(app)).toHaveText([/^first\.db/, /^second\.db/, /^third\.db/]);
  expect(await idsOf(app)).toEqual(['first', 'second', 'third']);

  await app.page.getByRole('link', { name: 'Iterscope' }).click();
  await app.waitIdle();
  const files = records(await app.grid('Open files'));
  expect(files.map((file) => `${file.File}: ${file.Layout}`)).toEqual([
    'first.db: run_id layout V5',
    'second.db: unified schema',
    'third.db: run_id layout V2: no evaluations, no runs',
  ]);
  for (const file of files) expect(file['Written by']).toMatch(/^DuckDB v1\.5\.\d+$/);

  await app.gridLocator('Open files').getByRole('button', { name: 'Close second.db' }).click();
  await app.waitIdle();
  await expect(chips(app)).toHaveText([/^first\.db/, /^third\.db/]);
  await app.open('#/experiments');
  expect(await idsOf(app)).toEqual(['first', 'third']);

  await chips(app).getByRole('button', { name: 'Close first.db' }).click();
  await chips(app).getByRole('button', { name: 'Close third.db' }).click();
  await app.waitIdle();
  await expect(chips(app)).toHaveCount(0);
  await expect(app.page.getByRole('heading', { name: /^See what every policy cost/ })).toBeVisible();
  await expect(input).toBeAttached();

  await test.step('the same file again is read anew, with what was written to it since', async () => {
    const path = await writeDatabase(join(folder, 'growing.db'), 'B-V5', twoBanks('before'));
    await app.pickFiles(path);
    await app.pickFiles(path);
    await expect(chips(app)).toHaveText([/^growing\.db/]);
    expect(await idsOf(app)).toEqual(['before']);

    await writeDatabase(path, 'B-V5', twoBanks('after'));
    await app.dropFiles(path);
    await expect(chips(app)).toHaveText([/^growing\.db/]);
    expect(await idsOf(app)).toEqual(['after']);
    await expect(app.page.getByRole('alert')).toHaveCount(0);
  });

  await test.step('a log opens with its file, at once', async () => {
    await chips(app).getByRole('button', { name: 'Close growing.db' }).click();
    await app.waitIdle();
    const path = await writeDatabase(join(folder, 'logged.db'), 'B-V5', twoBanks('in-the-log'), {
      leaveWal: true,
    });
    await app.pickFiles(`${path}.wal`, path);
    await expect(chips(app)).toHaveText([/^logged\.db.*\+ WAL/]);
    expect(await idsOf(app)).toEqual(['in-the-log']);
  });
});

test('a file that changes while it is open says so, and is read when dropped again', async ({
  app,
  folder,
}) => {
  const path = join(folder, 'changing.db');
  // A file of which the list leaves much unread: the events of its runs.
  await copyFile(join(samplesFolder, 'sample.duckdb'), path);
  await app.open();
  await app.pickFiles(path);
  await rm(path);
  await writeDatabase(path, 'B-V5', twoBanks('after'));
  await app.open('#/runs/five-banks-20260302-180000-51dab2-iter10-evaluation');
  await expect(app.alert('changed').first()).toContainText('has changed since it was chosen');
  await app.open('#/experiments');
  await app.dropFiles(path);
  await expect(chips(app)).toHaveText([/^changing\.db/]);
  expect(await idsOf(app)).toEqual(['after']);
  await expect(app.page.getByRole('alert')).toHaveCount(0);
});

test('who turns away while the list is still being fetched finds the open file everywhere', async ({
  app,
  folder,
}) => {
  const path = await writeDatabase(join(folder, 'first.db'), 'B-V5', twoBanks('first'));
  let letCome = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letCome = resolve;
  });
  await app.page.route(/ExperimentsView.*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await app.open();
  await app.page.getByLabel('Open database files').setInputFiles(path);
  await expect(app.page).toHaveURL(/#\/experiments\?/);
  await expect(app.page.getByText('Loading this screen')).toBeVisible();
  await app.page.goBack();
  await expect(app.page.getByRole('grid', { name: 'Open files' })).toBeVisible();
  letCome();
  await app.page.getByRole('link', { name: 'Experiments' }).first().click();
  await app.waitIdle();
  expect(await idsOf(app)).toEqual(['first']);
});

test('a log dropped later joins its file, which could not be read without it', async ({ app }) => {
  const path = realFile('killed.db');
  await app.open();
  await app.dropFiles(path);
  await expect(app.alert('wal-missing')).toContainText('killed.db.wal');
  await expect(chips(app)).toHaveCount(0);
  await app.dropFiles(`${path}.wal`);
  await expect(chips(app)).toHaveText([/^killed\.db.*\+ WAL/]);
  await expect(app.alert('wal-missing')).toHaveCount(0);
  expect(await app.rowCount('Simulation runs')).toBe(1);
});

test('a file chosen while the engine boots waits for it, and need not; opening can be stopped', async ({
  app,
  folder,
  page,
}) => {
  const path = await writeDatabase(join(folder, 'early.db'), 'B-V5', twoBanks('early'));
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/*.wasm', async (route) => {
    await released;
    await route.continue();
  });
  await page.goto('/');
  await page.getByLabel('Open database files').setInputFiles(path);
  await expect(page.getByRole('status').filter({ hasText: 'early.db' })).toContainText(
    'starting the database engine',
  );
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('progressbar')).toHaveCount(0);

  await page.getByLabel('Open database files').setInputFiles(path);
  release();
  await app.waitIdle();
  expect(await idsOf(app)).toEqual(['early']);
  expect((await statuses(app)).at(0)).toBe('booting');

  await test.step('opening says what it does and can be stopped; what was open stays', async () => {
    const server = await startRangeServer({ files: [path], cors: true, silent: true });
    app.allowOrigin(server.origin);
    await app.consents();

    await app.page.getByRole('link', { name: 'Iterscope' }).click();
    await app.page.getByLabel('Or from a URL').fill(server.address('slow.db'));
    await app.page.locator('form').getByRole('button', { name: 'Open', exact: true }).click();
    await expect(app.page.getByRole('status').filter({ hasText: 'slow.db' })).toHaveText(
      'slow.db: reading the first bytes',
    );
    await expect(app.page.locator('html')).toHaveAttribute('data-status', 'busy');
    await app.page.getByRole('button', { name: 'Cancel' }).click();
    await app.waitIdle();
    await expect(app.page.getByRole('progressbar')).toHaveCount(0);
    await expect(app.page.getByRole('alert')).toHaveCount(0);
    await expect(chips(app)).toHaveText([/^early\.db/]);
    await app.open('#/experiments');
    expect(await idsOf(app)).toEqual(['early']);
    await server.close();
  });
});

test('three files of one name with the same ids: a link shows the same experiment in whatever order they are opened; a link to two waits for both', async ({
  app,
  folder,
}) => {
  const names = ['exp-a', 'exp-b', 'exp-c'];
  const paths = await Promise.all(
    names.map(async (name) => {
      await mkdir(join(folder, name));
      // The name of the experiment alone tells the three apart.
      return writeDatabase(join(folder, name, 'results.db'), 'B-V5', twoBanks('same', { name }));
    }),
  );
  const [a = '', b = '', c = ''] = paths;
  const heading = app.page.getByRole('heading', { level: 1 });
  await app.open();
  await test.step('a link to two files of one name waits for both', async () => {
    const paths = await Promise.all(
      ['one', 'two'].map(async (place) => {
        await mkdir(join(folder, place));
        return writeDatabase(join(folder, place, 'namesake.db'), 'B-V5', twoBanks(place));
      }),
    );
    for (const path of paths) await app.pickFiles(path);
    await expect(chips(app)).toHaveText([/^namesake\.db~[0-9a-f]{8}/, /^namesake\.db~[0-9a-f]{8}/]);
    await app.page.reload();
    await app.waitIdle();
    for (const path of [...paths].reverse()) await app.pickFiles(path);
    expect(await idsOf(app)).toEqual(['two', 'one']);
    await expect(app.page.getByText('is not as it was')).toHaveCount(0);
    while ((await chips(app).count()) > 0) {
      await chips(app)
        .first()
        .getByRole('button', { name: /^Close / })
        .click();
      await app.waitIdle();
    }
  });

  await app.pickFiles(a, b, c);
  const list = app.gridLocator('Experiments');
  expect(records(await app.grid('Experiments')).map((row) => row.Name)).toEqual(names);
  const links: string[] = [];
  for (const name of names) {
    await app.open(app.hash.replace(/^#[^?]*/, '#/experiments'));
    await list.getByRole('row').filter({ hasText: name }).getByRole('link', { name: 'same' }).click();
    await app.waitIdle();
    await expect(heading).toHaveText(name);
    links.push(app.hash);
  }
  // One by one, and together.
  for (const handed of [[[c], [b], [a]], [[b, c, a]]]) {
    await app.page.reload();
    await app.waitIdle();
    for (const paths of handed) await app.pickFiles(...paths);
    for (const [i, link] of links.entries()) {
      await app.open(link);
      await expect(heading).toHaveText(names[i] ?? '');
      await expect(app.page.getByText('is not as it was')).toHaveCount(0);
    }
  }
});
