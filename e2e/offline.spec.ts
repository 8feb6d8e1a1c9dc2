/** Nothing leaves the machine: from an empty cache, with every other host cut off. */
import { join } from 'node:path';

import { twoBanks } from './fixtures/twoBanks.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test } from './support/app.ts';

test.use({
  launchOptions: [
    async ({ launchOptions }, provide) => {
      const onlyHere = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1';
      await provide({ ...launchOptions, args: [...(launchOptions.args ?? []), onlyHere] });
    },
    { scope: 'worker' },
  ],
});

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
    if (!isMissingSample && ['error', 'warning'].includes(message.type())) complaints.push(message.text());
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
  await expect(app.page.getByRole('navigation', { name: 'Breadcrumbs' })).toContainText(
    'offline-sim-002-eval',
  );

  // The worker's own request is among them: the watch is not blind to workers.
  expect(requested.filter((address) => address.endsWith('.wasm'))).not.toEqual([]);
  const origins = new Set(requested.map((address) => new URL(address).origin).filter((o) => o !== 'null'));
  expect([...origins]).toEqual([baseURL]);
  expect(complaints).toEqual([]);
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
