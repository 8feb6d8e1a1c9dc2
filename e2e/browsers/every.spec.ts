/** What the app promises in every browser: open, list, figure, desk, run, a second and a third file, reload. */
import { join } from 'node:path';

import { expect } from '@playwright/test';

import { twoBanks } from '../fixtures/twoBanks.ts';
import { writeDatabase } from '../fixtures/writeDatabase.ts';
import { test, type EveryApp } from './everyApp.ts';

// They follow each other on one page, as a reader does; what an earlier one opened the next one finds.
test.describe.configure({ mode: 'serial' });

const run = '#/runs/two-period-20260302-090000-d57cc0-iter3-evaluation?db=sample';

const ids = async (app: EveryApp): Promise<readonly string[]> => {
  const [heading = [], ...rows] = await app.cells('Experiments');
  const at = heading.findIndex((name) => name.startsWith('Id'));
  return rows.map((row) => row[at] ?? '');
};

test('the first visit opens the sample, with eleven experiments', async ({ app }) => {
  await app.open();
  expect(await app.openFiles()).toEqual([expect.stringMatching(/^sample\.duckdb/)]);
  expect(await app.rowCount('Experiments')).toBe(11);
  expect(await app.hash()).toBe('#/experiments?db=sample&v=1');
});

test('a run is replayed, and simulated again to the same events', async ({ app }) => {
  await app.open(run);
  expect(await app.words()).toContain('Banks at the end of tick 0');
  await app.click('Simulate this run again');
  expect(await app.words()).toMatch(/All \d+ events come out as they are stored, in the same order/);
});

test('a first, a second and a third file, each on one engine', async ({ app, folder }) => {
  const paths = {
    first: await writeDatabase(join(folder, 'first.db'), 'B-V5', twoBanks('first')),
    second: await writeDatabase(join(folder, 'second.db'), 'A1', twoBanks('second')),
    third: await writeDatabase(join(folder, 'third.db'), 'B-V3', twoBanks('third')),
  };
  await app.open('#/');
  const opened: string[] = [];
  for (const [name, path] of Object.entries(paths)) {
    const before = await app.engineStarts();
    const startedAtMs = performance.now();
    await app.pickFiles(path);
    const elapsedMs = performance.now() - startedAtMs;
    opened.push(name);
    expect(await ids(app)).toEqual(opened);
    const starts = (await app.engineStarts()).slice(before.length);
    console.log(
      `    ${name} file: ${elapsedMs.toFixed(0)} ms; engines started: ${starts.length} (${starts.join(', ')} ms)`,
    );
    expect(starts.length).toBeLessThanOrEqual(1);
  }
  expect(await app.openFiles()).toHaveLength(3);
});

test('the figure of an experiment gives the stored costs', async ({ app }) => {
  await app.go('#/experiments/first');
  await app.click('Show as table: Policy and cost by iteration');
  const [heading = [], ...rows] = await app.cells('Policy and cost by iteration');
  const costs = (agent: string): (string | undefined)[] => {
    const at = heading.indexOf(`${agent} Cost`);
    return rows.map((row) => row[at]);
  };
  expect(costs('BANK_A')).toEqual(['$50.00', '$40.00', '$40.00']);
  expect(costs('BANK_B')).toEqual(['$50.00', '$50.00', '$30.00']);
});

test('the desk lists the rejected proposals with their verdicts recomputed', async ({ app }) => {
  await app.go('#/experiments/first/proposals');
  expect(await app.rowCount('Proposals')).toBe(2);
  await app.go('#/experiments/first/proposals?agent=BANK_B&iteration=1&show=accepted');
  const words = await app.words();
  expect(words).toContain('recomputed: same verdict');
  expect(words).toContain('$20.00');
});

test('a page that is loaded again asks for its local files by name, and reads the sample by itself', async ({
  app,
}) => {
  await app.reload();
  expect(await app.words()).toContain('first.db');
  expect(await app.openFiles()).toEqual([]);
  await app.open('#/experiments?db=sample&q=two');
  const before = await app.cells('Experiments');
  await app.reload();
  expect(await app.cells('Experiments')).toEqual(before);
  expect(before.length).toBeGreaterThan(1);
});

test('nothing but the host of the app is asked, and a watch that sees such a request', async ({ app }) => {
  expect(app.foreignHosts()).toEqual([]);
  await app.browser.goto('http://other-host.invalid/').catch(() => undefined);
  expect(app.foreignHosts()).toContain('other-host.invalid');
});
