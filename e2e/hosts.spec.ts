/** Hosts as they really are: what can be read is read by ranges, the rest is named by what is known of it. */
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';

import { distFolder, samplesFolder } from '../scripts/paths.ts';
import { startServer } from '../scripts/serve/server.ts';
import { shareFiles } from '../scripts/serve/sharedFiles.ts';
import { startAddress } from '../scripts/serve/startAddress.ts';
import { twoBanks } from './fixtures/twoBanks.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test, type App } from './support/app.ts';
import { startFaultyDataHost, type FaultyDataHost, type HostFault } from './support/faultyDataHost.ts';
import { cellOf, records } from './support/grid.ts';
import { realFile } from './support/realFile.ts';

async function host(app: App, files: readonly string[]): Promise<FaultyDataHost> {
  const started = await startFaultyDataHost(files);
  app.allowOrigin(started.origin);
  app.allowOrigin(started.origin.replace('127.0.0.1', 'localhost'));
  return started;
}

const linkTo = (addresses: readonly string[]): string =>
  `#/experiments?${new URLSearchParams(addresses.map((address) => ['db', address])).toString()}`;

/** The alert about one address, by its path: what is behind `?` is never shown. */
const about = (app: App, code: string, address: string) =>
  app.alert(code).filter({ hasText: new URL(address).pathname });

/** A screen that asks the file anew: a run of the sample. */
async function toRunOfSample(app: App): Promise<void> {
  await app.page.evaluate(() => {
    const run = '#/runs/five-banks-20260302-180000-51dab2-iter10-evaluation?';
    location.hash = location.hash.replace('#/experiments?', run);
  });
}

/** Presses the one button of the alert, and goes to the list. */
async function readAgainAndList(app: App): Promise<void> {
  await app.page.getByRole('button', { name: 'Read it again' }).first().click();
  await app.waitIdle();
  await expect(app.alert('changed')).toHaveCount(0);
  await app.page.evaluate(() => {
    location.hash = location.hash.replace(/#[^?]*/, '#/experiments');
  });
  await app.waitIdle();
}

test('hosts that answer GET with ranges need allow nothing more', async ({ app, folder }) => {
  const path = await writeDatabase(join(folder, 'plain.db'), 'B-V5', twoBanks('plain'));
  const server = await host(app, [path]);
  const faults: readonly HostFault[] = [
    'get-only',
    'head-forbidden',
    'hidden',
    'no-preflight',
    'signed',
    'redirect',
    'log-is-text',
  ];
  await app.open(linkTo(faults.map((fault) => server.address(fault, path))));
  await expect(app.page.getByRole('alert')).toHaveCount(0);
  await expect(app.page.getByRole('button', { name: /^Close plain\.db/ })).toHaveCount(faults.length);
  await expect(app.page.getByRole('list', { name: 'Open files' })).not.toContainText('+ WAL');
  const rows = records(await app.grid('Experiments'));
  expect(rows.map((row) => cellOf(row, 'Final cost'))).toEqual(faults.map(() => '$70.00'));
  const whole = server.asked.filter(
    ({ method, path: name, status }) => method === 'GET' && name === 'plain.db' && status === 200,
  );
  expect(whole).toEqual([]);
  await server.close();
});

test('hosts without ranges: a small file comes whole, and a compressed answer is named', async ({
  app,
  folder,
}) => {
  const path = await writeDatabase(join(folder, 'small.db'), 'B-V5', twoBanks('small'));
  const server = await host(app, [path]);
  await app.open(linkTo([server.address('no-ranges', path), server.address('gzip', path)]));
  await expect(about(app, 'compressed-file', server.address('gzip', path))).toContainText(
    'Content-Encoding: gzip',
  );
  await expect(app.page.getByRole('alert')).toHaveCount(1);
  const rows = records(await app.grid('Experiments'));
  expect(rows.map((row) => cellOf(row, 'Final cost'))).toEqual(['$70.00', '$70.00']);
  await server.close();
});

test('what cannot be read is named by what is known, with the way out', async ({ app, folder }) => {
  const path = await writeDatabase(join(folder, 'far.db'), 'B-V5', twoBanks('far'));
  const server = await host(app, [path]);
  const cases: readonly (readonly [HostFault, string, ...RegExp[]])[] = [
    ['redirect-to-closed', 'no-cors', /leads on to another address/, /127\.0\.0\.1:\d+ allows it/],
    ['closed', 'no-cors', /no Access-Control-Allow-Origin/, /AllowedMethods/, /gcloud storage/, /az storage/],
    ['expires', 'fetch-failed', /answered 403/, /Request has expired/],
    ['sign-in', 'web-page', /leads to a web page/],
    ['password', 'fetch-failed', /answered 401: it wants a sign-in/],
    ['busy', 'fetch-failed', /answered 503/],
    ['cuts', 'fetch-failed', /broke off/],
    ['stalls', 'fetch-failed', /no answer within 10 s/],
    ['huge', 'fetch-failed', /no byte ranges, and the file is 3\.0 GB/],
    ['endless', 'fetch-failed', /more than 64\.0 MB/, /transfer was stopped/],
  ];
  await app.open(linkTo(cases.map(([fault]) => server.address(fault, path))));
  for (const [fault, code, ...words] of cases) {
    await test.step(`${fault}: ${code}`, async () => {
      const alert = about(app, code, server.address(fault, path));
      await expect.soft(alert).toHaveCount(1);
      for (const word of words) await expect.soft(alert).toContainText(word);
      await expect.soft(alert.getByRole('button', { name: 'Try again' })).toBeVisible();
    });
  }
  await expect(app.page.getByRole('alert')).toHaveCount(cases.length);
  for (const code of ['truncated', 'engine-crashed']) await expect(app.alert(code)).toHaveCount(0);
  // What was in flight when the page hung up was sent too; 3 GB were not.
  const sent = (fault: HostFault) =>
    server.asked.filter((one) => one.fault === fault).reduce((sum, { sentBytes }) => sum + sentBytes, 0);
  expect(sent('endless')).toBeLessThan(100_000_000);
  expect(sent('huge')).toBeLessThan(30_000_000);
  await server.close();
});

test('a silent host holds up nothing but its own file', async ({ app, folder }) => {
  const path = await writeDatabase(join(folder, 'slow.db'), 'B-V5', twoBanks('slow'));
  const near = await writeDatabase(join(folder, 'near.db'), 'B-V5', twoBanks('near'));
  const server = await host(app, [path]);
  const faults: readonly HostFault[] = ['silent', 'log-silent'];
  const addresses = faults.map((fault) => server.address(fault, path));
  // With the engine at hand, so that a busy machine does not need ten seconds for the near file.
  await app.open();
  await app.page.evaluate((link) => (location.hash = link), linkTo(addresses));
  await app.page.getByLabel('Open database files').setInputFiles(near);
  // Long before the host is given up: its alert is not there yet.
  await expect(app.page.getByRole('button', { name: 'Close near.db' })).toBeVisible();
  await expect(app.page.getByRole('alert')).toHaveCount(0);
  await app.waitIdle();
  await expect(about(app, 'fetch-failed', server.address('silent', path))).toContainText(
    'no answer within 10 s',
  );
  await expect(about(app, 'wal-missing', server.address('log-silent', path))).toContainText(
    'did not answer within 10 s',
  );
  const rows = records(await app.grid('Experiments'));
  expect(rows.map((row) => cellOf(row, 'Id')).sort()).toEqual(['near', 'slow']);
  await server.close();
});

test('a host that falls silent after its first answer holds up nothing but its own file', async ({
  app,
  folder,
}) => {
  const write = (id: string) => writeDatabase(join(folder, `${id}-stall.db`), 'B-V5', twoBanks(id));
  const [far, late, near] = await Promise.all([write('far'), write('late'), write('near')]);
  const server = await host(app, [far, late]);
  await app.open();
  const link = linkTo([server.address('stalls', far), server.address('sleeps', late)]);
  await app.page.evaluate((hash) => (location.hash = hash), link);
  // Only when the engine waits for the host is the queue held up.
  await expect(app.page.getByText(/attaching (far|late)-stall\.db/)).toBeVisible();
  await app.page.getByLabel('Open database files').setInputFiles(near);
  await expect(app.page.getByRole('button', { name: 'Close near-stall.db' })).toBeVisible();
  await expect(app.page.getByRole('alert')).toHaveCount(0);
  server.wake();
  await expect(app.page.getByRole('button', { name: /^Close late-stall\.db/ })).toBeVisible();
  await app.waitIdle();
  await expect(about(app, 'fetch-failed', server.address('stalls', far))).toContainText(
    'no answer within 10 s',
  );
  await expect(app.page.getByRole('alert')).toHaveCount(1);
  const rows = records(await app.grid('Experiments'));
  expect(rows.map((row) => cellOf(row, 'Id')).sort()).toEqual(['late', 'near']);
  await server.close();
});

test('a file that is written to while it is read is said to have changed, and read again by one click', async ({
  app,
  folder,
}) => {
  const path = join(folder, 'growing.db');
  // A file of which the list leaves much unread: the events of its runs.
  await copyFile(join(samplesFolder, 'sample.duckdb'), path);
  const server = await host(app, [path]);
  await app.open(linkTo([server.address('none', path)]));
  const before = records(await app.grid('Experiments')).map((row) => cellOf(row, 'Id'));
  await copyFile(realFile('exp2-20251215.db'), path);
  await toRunOfSample(app);
  await expect(app.alert('changed').first()).toContainText('has changed on the server');
  await app.waitIdle();
  for (const code of ['truncated', 'engine-crashed']) await expect(app.alert(code)).toHaveCount(0);
  await readAgainAndList(app);
  const [after] = records(await app.grid('Experiments')).map((row) => cellOf(row, 'Id'));
  expect(after).toMatch(/^exp2-/);
  expect(before).toHaveLength(11);
  await server.close();
});

test('npm start: a file that is written to while it is open is read again by one click', async ({
  app,
  folder,
}) => {
  const path = join(folder, 'running.db');
  await copyFile(join(samplesFolder, 'sample.duckdb'), path);
  const shared = await shareFiles([{ name: 'running.db', path }]);
  // As scripts/start.ts serves it: the app and the file from one origin.
  const server = await startServer({ root: process.env.ITERSCOPE_DIST ?? distFolder, files: shared });
  app.allowOrigin(server.origin);
  await app.page.goto(startAddress(server.origin, shared.addresses));
  await app.waitIdle();
  expect(await app.rowCount('Experiments')).toBe(11);
  await copyFile(await writeDatabase(join(folder, 'later.db'), 'B-V5', twoBanks('later')), path);
  await toRunOfSample(app);
  await app.waitIdle();
  await expect(app.alert('changed').first()).toContainText('has changed on the server');
  for (const code of ['truncated', 'engine-crashed', 'question-failed']) {
    await expect(app.alert(code)).toHaveCount(0);
  }
  await readAgainAndList(app);
  expect(records(await app.grid('Experiments')).map((row) => cellOf(row, 'Id'))).toEqual(['later']);
  await server.close();
});

test('a password in an address is dropped and never shown', async ({ app, folder }) => {
  const path = await writeDatabase(join(folder, 'locked.db'), 'B-V5', twoBanks('locked'));
  const server = await host(app, [path]);
  const address = server.address('none', path).replace('://', '://reader:s3cret@');
  await app.open(linkTo([address]));
  expect(decodeURIComponent(app.hash)).not.toContain('s3cret');
  await expect(app.page.locator('body')).not.toContainText('s3cret');
  await server.close();
});
