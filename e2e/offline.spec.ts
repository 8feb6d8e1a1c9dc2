/** Nothing leaves the machine: from an empty cache, with every other host cut off (`playwright.config.ts`). */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { distFolder } from '../scripts/paths.ts';
import { startServer } from '../scripts/serve/server.ts';
import { databaseFile, shareFiles } from '../scripts/serve/sharedFiles.ts';
import { twoBanks } from './fixtures/twoBanks.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test } from './support/app.ts';

test.describe('from an empty cache', () => {
  test.use({ ownContext: true });

  test('open, list, experiment, iteration, run: no request to another host, no complaint in the console', async ({
    app,
    folder,
    baseURL,
    page,
  }) => {
    const path = await writeDatabase(join(folder, 'offline.db'), 'B-V5', twoBanks('offline'));
    const complaints: string[] = [];
    const requested: string[] = [];
    page.on('console', (message) => {
      // A build without samples answers 404 when it is asked for them; that is no complaint.
      const isMissingSample = message.location().url.endsWith('/samples/index.json');
      // Of the test runner itself, which blocks the worker here.
      const isOfRunner = message.text().includes('registration blocked by Playwright');
      if (!isMissingSample && !isOfRunner && ['error', 'warning'].includes(message.type()))
        complaints.push(message.text());
    });
    page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
    page.context().on('request', (request) => requested.push(request.url()));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) =>
        console.error(`refused by policy: ${event.violatedDirective} ${event.blockedURI}`),
      );
    });

    await app.open();
    await app.pickFiles(path);
    await expect(app.gridLocator('Experiments')).toBeVisible();
    await app.gridLocator('Experiments').getByRole('link', { name: 'offline' }).click();
    await app.waitIdle();
    await expect(app.figure('Policy and cost by iteration')).toBeVisible();
    await app.gridLocator('Iterations').getByRole('link', { name: '1', exact: true }).click();
    await app.waitIdle();
    await expect(app.gridLocator('Proposals')).toBeVisible();
    await app.gridLocator('Simulation runs').getByRole('link').first().click();
    await app.waitIdle();
    await expect(app.page.getByRole('navigation', { name: 'Breadcrumbs' })).toContainText('sim-002-eval');

    // The worker's own request is among them: the watch is not blind to workers.
    expect(requested.filter((address) => address.endsWith('.wasm'))).not.toEqual([]);
    const origins = new Set(requested.map((address) => new URL(address).origin).filter((o) => o !== 'null'));
    expect([...origins]).toEqual([baseURL]);
    expect(complaints).toEqual([]);
  });
});

test('a screen whose script cannot be fetched says so; the bar and the files stay', async ({
  app,
  folder,
  page,
}) => {
  const path = await writeDatabase(join(folder, 'cut.db'), 'B-V5', twoBanks('cut'));
  await app.open();
  await app.pickFiles(path);
  await page.route('**/assets/IterationView-*.js', (route) => route.abort());
  await page.evaluate(() => {
    location.hash = '#/experiments/cut/iterations/1';
  });
  const alert = app.alert('screen-failed');
  await expect(alert).toContainText('This screen could not be shown');
  await app.waitIdle();
  await alert.getByRole('link', { name: 'All experiments' }).click();
  await app.waitIdle();
  expect(await app.rowCount('Experiments')).toBe(1);
});

/** Puts a later version in the place of a build: another page, and a worker that says so. */
async function deployNext(build: string): Promise<void> {
  const page = join(build, 'index.html');
  await writeFile(page, (await readFile(page, 'utf8')).replace('<title>', '<meta name="next" /><title>'));
  const worker = join(build, 'serviceWorker.js');
  const text = await readFile(worker, 'utf8');
  const next = text.replace(/(url:[`"']index\.html[`"'],revision:[`"'])\w{4}/, '$1next');
  expect(next).not.toBe(text);
  await writeFile(worker, next);
}

test.describe('with a service worker', () => {
  test.use({ ownContext: true, serviceWorkers: 'allow' });

  test('all works with the network cut; a new version waits for the word, and opens the same view', async ({
    app,
    folder,
    page,
  }) => {
    const build = join(folder, 'build');
    await cp(process.env.ITERSCOPE_DIST ?? distFolder, build, { recursive: true });
    const path = await writeDatabase(join(folder, 'kept.db'), 'B-V5', twoBanks('kept'));
    const shared = await shareFiles([databaseFile(path)]);
    let server = await startServer({ root: build, files: shared });
    const { origin } = server;
    const remote = `${origin}${shared.addresses[0] ?? ''}`;
    app.allowOrigin(origin);
    const go = async (hash: string): Promise<void> => {
      await page.goto(`${origin}/${hash}`);
      await app.waitIdle();
    };
    await go('#/');
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
    // Under the worker a database on a server is read as before, and never kept.
    await page.reload();
    await go(`#/experiments?db=${encodeURIComponent(remote)}`);
    expect(await app.rowCount('Experiments')).toBe(1);
    const keptAddresses = await page.evaluate(async () => {
      const caching = (await caches.keys()).map(async (name) => (await caches.open(name)).keys());
      return (await Promise.all(caching)).flat().map(({ url }) => new URL(url).pathname);
    });
    expect(keptAddresses.filter((address) => address.endsWith('.wasm'))).toHaveLength(1);
    expect(keptAddresses.filter((address) => address.endsWith('.db'))).toEqual([]);
    await go('#/');
    await app.pickFiles(path);

    await server.close();
    await page.goto('about:blank');
    await go(`#/experiments`);
    await app.pickFiles(path);
    await app.gridLocator('Experiments').getByRole('link', { name: 'kept' }).first().click();
    await app.waitIdle();
    await page.reload();
    await app.waitIdle();
    await expect(app.figure('Policy and cost by iteration')).toBeVisible();
    // A screen that this profile has not seen yet, the sample by ranges.
    await go('#/sql?db=sample');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('SQL');
    await expect(app.alert('screen-failed')).toHaveCount(0);

    server = await startServer({ root: build, files: shared, ports: [Number(new URL(origin).port)] });
    await deployNext(build);
    // A change of the hash alone asks the server for nothing.
    await page.goto('about:blank');
    await go('#/experiments/kept/proposals?agent=BANK_A&iteration=1');
    const { hash } = app;
    const notice = page.locator('[data-code=new-version]');
    await expect(notice).toContainText('A new version of Iterscope is there.');
    await expect(page.locator('meta[name=next]')).toHaveCount(0);
    await notice.getByRole('button', { name: 'Load it' }).click();
    await expect(page.locator('meta[name=next]')).toHaveCount(1);
    await app.waitIdle();
    expect(app.hash).toBe(hash);
    await expect(notice).toHaveCount(0);
    await server.close();
  });
});
