/** The engine's own files, as hosts send them: it starts, or an alert says within seconds what the host answered. */
import { join } from 'node:path';

import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test, type App } from './support/app.ts';
import { startFaultyAppHost, type AppFault, type FaultyAppHost } from './support/faultyAppHost.ts';

const wasm = /\.wasm$/;
const worker = /engineWorker-[\w-]+\.js$/;
const library = /duckdb-browser-eh\.worker-[\w-]+\.js$/;

async function visit(app: App, of: RegExp, fault: AppFault): Promise<FaultyAppHost> {
  const host = await startFaultyAppHost(of, fault);
  app.allowOrigin(host.origin);
  await app.page.goto(host.address);
  return host;
}

async function opensAFile(app: App, folder: string): Promise<void> {
  await app.pickFiles(await writeDatabase(join(folder, 'one.db'), 'B-V5', { experiments: [{ id: 'one' }] }));
  await expect(app.gridLocator('Experiments')).toContainText('one');
  await expect(app.page.getByRole('alert')).toHaveCount(0);
}

for (const fault of ['octet-stream', 'gzip', 'packed'] as const) {
  test(`a .wasm sent as ${fault} is compiled from its bytes`, async ({ app, folder }) => {
    const host = await visit(app, wasm, fault);
    await opensAFile(app, folder);
    await host.close();
  });
}

test('a .wasm that comes slowly is waited for, and its progress shown', async ({ app, folder }) => {
  const host = await visit(app, wasm, 'slow');
  const path = await writeDatabase(join(folder, 'slow.db'), 'B-V5', { experiments: [{ id: 'slow' }] });
  await app.page.getByLabel('Open database files').setInputFiles(path);
  const bar = app.page.getByRole('progressbar');
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(20);
  await app.waitIdle();
  await expect(app.gridLocator('Experiments')).toContainText('slow');
  await host.close();
});

const refused: readonly (readonly [string, RegExp, AppFault, RegExp])[] = [
  ['a .wasm that is not there', wasm, 'missing', /answers 404 Not Found, Content-Type: text\/html/],
  ['a page in place of the .wasm', wasm, 'page', /answers 200 OK, Content-Type: text\/html/],
  ['a .wasm without an answer', wasm, 'silent', /nothing has arrived for 10 seconds/],
  ['half a .wasm, then silence', wasm, 'stalled', /[1-9]\d{6,} bytes have arrived, then nothing more/],
  ['half a .wasm, then the end', wasm, 'cut', /connection failed after \d+ bytes/],
  ['a worker script that is not there', worker, 'missing', /answers 404 Not Found/],
  ['a page in place of the worker script', worker, 'page', /answers 200 OK, Content-Type: text\/html/],
  ['a worker script as bytes', library, 'octet-stream', /Content-Type: application\/octet-stream/],
  ['a worker script without an answer', library, 'silent', /nothing has arrived for 10 seconds/],
];

for (const [what, of, fault, words] of refused) {
  test(`${what}: an alert with the host's answer; once mended, a file opens`, async ({ app, folder }) => {
    const host = await visit(app, of, fault);
    await expect(app.alert('fetch-failed')).toContainText(words);
    await app.waitIdle();
    host.mend();
    await opensAFile(app, folder);
    await host.close();
  });
}

test('an engine is booted once an opening, when it is needed', async ({ app, folder, page }) => {
  let boots = 0;
  page.on('worker', (started) => (boots += worker.test(started.url()) ? 1 : 0));
  await app.open();
  expect(boots, 'before the first file').toBe(1);
  for (const [count, name] of ['first', 'second', 'third'].entries()) {
    const path = await writeDatabase(join(folder, `${name}.db`), 'B-V5', { experiments: [{ id: name }] });
    await app.pickFiles(path);
    expect(boots, name).toBe(count + 1);
  }
});

test('a browser that is too old says in words what it lacks; this one lacks nothing', async ({
  app,
  page,
}) => {
  await app.open();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.addInitScript(() => Reflect.deleteProperty(Map, 'groupBy'));
  await page.reload();
  await expect(page.getByRole('alert')).toHaveText(/lacks Map\.groupBy\. It works in .*Safari from 17\.5/);
});
