/** The engine goes while it works: another one takes its place, and the screen answers again. */
import { join } from 'node:path';

import { twoBanks } from './fixtures/twoBanks.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test, type App } from './support/app.ts';
import { cellOf, records } from './support/grid.ts';

declare global {
  interface Window {
    /** Of the page, the newest last. */
    engineWorkers: Worker[];
    /** When the next statement is sent, this happens to its worker. */
    onNextStatement?: ((worker: Worker) => void) | undefined;
    /** Hears nothing more, as one that the engine does not come back to. */
    stuck?: Worker;
  }
}

/** Lets the test reach the engine's workers, which the page has for itself. */
async function watchWorkers(app: App): Promise<void> {
  await app.page.addInitScript(() => {
    window.engineWorkers = [];
    const Native = window.Worker;
    window.Worker = class extends Native {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        if (String(url).includes('engineWorker')) window.engineWorkers.push(this);
      }
      override postMessage(...sent: [unknown, ...unknown[]]): void {
        if (window.stuck === this) return;
        super.postMessage(...(sent as Parameters<Worker['postMessage']>));
        const isStatement = (sent[0] as { readonly type?: string }).type === 'START_PENDING_QUERY';
        if (!isStatement) return;
        const { onNextStatement } = window;
        window.onNextStatement = undefined;
        onNextStatement?.(this);
      }
    };
  });
}

const costs = async (app: App): Promise<readonly string[]> =>
  records(await app.grid('Iterations')).map((row) => cellOf(row, 'Total cost'));

test('a worker killed in the middle of a query: the same screen answers within seconds, all files are there', async ({
  app,
  folder,
  page,
}) => {
  const one = await writeDatabase(join(folder, 'one.db'), 'B-V5', twoBanks('one'));
  const two = await writeDatabase(join(folder, 'two.db'), 'B-V5', twoBanks('two'));
  await watchWorkers(app);
  await app.open();
  await app.pickFiles(one, two);
  // It says nothing when it ends, as with the browser's own killing of a tab's worker.
  await page.evaluate(() => {
    window.onNextStatement = (worker) => worker.terminate();
  });
  await app.open('#/experiments/one');
  expect(await page.evaluate(() => window.onNextStatement)).toBeUndefined();
  expect(await costs(app)).toEqual(['$100.00', '$90.00', '$70.00']);
  await expect(app.alert('engine-crashed')).toContainText('one.db, two.db');
  // Idle: nobody asks anything, and it is replaced all the same.
  const before = await page.evaluate(() => window.engineWorkers.length);
  await page.evaluate(() => window.engineWorkers.at(-1)?.terminate());
  await expect.poll(() => page.evaluate(() => window.engineWorkers.length)).toBeGreaterThan(before);
  await app.waitIdle();
  await app.open('#/experiments/two');
  expect(await costs(app)).toEqual(['$100.00', '$90.00', '$70.00']);
});

test.describe('with a clock of its own', () => {
  test.use({ ownContext: true });

  test('an engine that gives no sign for 30 seconds is ended, the question asked again of the next', async ({
    app,
    folder,
    page,
  }) => {
    const path = await writeDatabase(join(folder, 'stuck.db'), 'B-V5', twoBanks('stuck'));
    await watchWorkers(app);
    await page.clock.install();
    await app.open();
    await app.pickFiles(path);
    await page.evaluate(() => {
      window.onNextStatement = (worker) => {
        window.stuck = worker;
      };
    });
    await page.goto('/#/experiments/stuck');
    await expect.poll(() => page.evaluate(() => window.stuck !== undefined)).toBe(true);
    await page.clock.runFor(36_000);
    await app.waitIdle();
    expect(await costs(app)).toEqual(['$100.00', '$90.00', '$70.00']);
    await expect(app.alert('engine-crashed')).toContainText('no sign for 30 seconds');
  });
});
