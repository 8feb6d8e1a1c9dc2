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

const oneExperiment = (folder: string): Promise<string> =>
  writeDatabase(join(folder, 'one.db'), 'B-V5', { experiments: [{ id: 'one' }] });

async function opensAFile(app: App, folder: string): Promise<void> {
  await app.pickFiles(await oneExperiment(folder));
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

type Fault = readonly [what: string, of: RegExp, fault: AppFault, words: RegExp];
type Refused = readonly [Fault, ...Fault[]];

const refusedWasm: Refused = [
  ['not there', wasm, 'missing', /answers 404 Not Found, Content-Type: text\/html/],
  ['a page in its place', wasm, 'page', /answers 200 OK, Content-Type: text\/html/],
  ['half of it, then silence', wasm, 'stalled', /[1-9][\d.]* MB have arrived, then nothing more/],
  ['half of it, then the end', wasm, 'cut', /connection failed after [1-9][\d.]* MB/],
  ['no answer', wasm, 'silent', /nothing has arrived for 10 seconds/],
];

const refusedScripts: Refused = [
  ['not there', worker, 'missing', /answers 404 Not Found/],
  ['a page in its place', worker, 'page', /answers 200 OK, Content-Type: text\/html/],
  ['bytes', library, 'octet-stream', /Content-Type: application\/octet-stream/],
  ['no answer', library, 'silent', /nothing has arrived for 10 seconds/],
];

for (const [file, faults] of [
  ['.wasm', refusedWasm],
  ['worker script', refusedScripts],
] as const) {
  test(`a ${file} that does not come: an alert with the host's answer each time; once mended, a file opens`, async ({
    app,
    folder,
  }) => {
    const [[, firstOf, firstFault]] = faults;
    const host = await visit(app, firstOf, firstFault);
    for (const [what, of, fault, words] of faults) {
      await test.step(`${file}: ${what}`, async () => {
        host.misbehave(of, fault);
        // The file that is chosen asks for the engine again.
        if (fault !== firstFault) await app.pickFiles(await oneExperiment(folder));
        await expect(app.alert('fetch-failed')).toContainText(words);
        await app.waitIdle();
      });
    }
    host.mend();
    await opensAFile(app, folder);
    await host.close();
  });
}

test('at most one engine is booted an opening, when it is needed, and none in a browser that is too old', async ({
  app,
  folder,
  page,
}) => {
  let boots = 0;
  page.on('worker', (started) => (boots += worker.test(started.url()) ? 1 : 0));
  await app.open();
  expect(boots, 'before the first file').toBe(1);
  for (const [count, name] of ['first', 'second', 'third'].entries()) {
    const path = await writeDatabase(join(folder, `${name}.db`), 'B-V5', { experiments: [{ id: name }] });
    await app.pickFiles(path);
    // Where engines start slowly, as on a busy machine, a further file joins the one that stands.
    expect(boots, name).toBeLessThanOrEqual(count + 1);
  }

  await test.step('a browser that is too old says in words what it lacks; this one lacks nothing', async () => {
    await expect(page.getByRole('alert')).toHaveCount(0);
    await page.addInitScript(() => Reflect.deleteProperty(Map, 'groupBy'));
    await page.reload();
    await expect(page.getByRole('alert')).toHaveText(/lacks Map\.groupBy\. It works in .*Safari from 17\.5/);
  });
});
