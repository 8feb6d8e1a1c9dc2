/** Every screen in light and dark, wide and narrow: accessible, without sideways scrolling. */
import { join } from 'node:path';

import { screens } from '../src/app/screens.ts';
import { formatSearch } from '../src/url/search.ts';
import { writeLabFile } from '../src/testing/labFile.ts';
import { longName, longScenario, longTwoBanks } from './fixtures/longNames.ts';
import { manyAgents } from './fixtures/manyAgents.ts';
import { twoBanks } from './fixtures/twoBanks.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test, type App } from './support/app.ts';

/** What the names of a path stand for in `twoBanks('looks')`. */
const things = new Map([
  ['experimentId', 'looks'],
  ['iteration', '1'],
  ['simulationId', 'looks-sim-002-eval'],
]);

/** An address of each screen that the app declares. */
const addresses = screens.map(({ path, looks = {} }) => {
  const filled = path.replace(/\$(\w+)/g, (_, name: string) => {
    const thing = things.get(name);
    if (thing === undefined) throw new Error(`say in this test what ${name} of ${path} stands for`);
    return thing;
  });
  return `#${filled}${formatSearch(looks)}`;
});

/** Buttons that open one. */
const dialogs = ['Help and keys', 'Share'] as const;

async function openLooks(app: App, folder: string): Promise<void> {
  const path = await writeDatabase(join(folder, 'looks.db'), 'B-V5', twoBanks('looks'));
  await app.open();
  await app.pickFiles(path);
}

/** Axe in both colour schemes: all of it in the light, in the dark only contrast, which alone follows from the scheme. */
async function expectAccessibleInBoth(app: App): Promise<void> {
  await app.expectAccessible();
  await app.page.emulateMedia({ colorScheme: 'dark' });
  await app.expectAccessible('contrast');
  await app.page.emulateMedia({ colorScheme: 'light' });
}

test('every screen and dialog: nothing serious for axe, light and dark, and nothing scrolls sideways from 360 to 1920', async ({
  app,
  folder,
  page,
}) => {
  test.slow();
  await page.emulateMedia({ colorScheme: 'light' });
  await app.open();
  await expectAccessibleInBoth(app);
  await openLooks(app, folder);
  for (const screen of addresses) {
    await app.open(screen);
    for (const width of [1280, 400, 360, 1920]) {
      await test.step(`${screen} at ${width}`, async () => {
        await page.setViewportSize({ width, height: 800 });
        await app.waitIdle();
        const overflowPx = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect.soft(overflowPx, `${screen} at ${width}`).toBe(0);
        if (width === 1280) await expectAccessibleInBoth(app);
        if (width === 1280 || width === 360) await app.expectTargets(`${screen} at ${width}`);
        if (width === 400) await app.expectAccessible('structure');
      });
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const dialog of dialogs) {
    await page.getByRole('button', { name: dialog }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessibleInBoth(app);
    await page.keyboard.press('Escape');
  }
  await app.open('#/experiments/nobody');
  await expect(app.alert('not-found')).toBeVisible();
  await expectAccessibleInBoth(app);
});

test('names of 400 letters widen no screen, and sixty agents lengthen none', async ({
  app,
  folder,
  page,
}) => {
  const id = longName('wide');
  const experiments = await writeDatabase(join(folder, `${'w'.repeat(200)}.db`), 'B-V5', longTwoBanks(id));
  const run = await writeLabFile(
    [{ id: longName('busy'), scenario: longScenario(11) }],
    [],
    join(folder, 'busy.duckdb'),
  );
  await app.open();
  await app.pickFiles(experiments, run);
  const expectNarrow = async (place: string): Promise<void> => {
    const overflowPx = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect.soft(overflowPx, place).toBeLessThanOrEqual(0);
  };
  const experiment = `#/experiments/${id}`;
  for (const screen of [
    '#/experiments',
    experiment,
    `${experiment}/iterations/1`,
    `${experiment}/proposals?show=all`,
    `${experiment}/policies`,
    `#/runs/${id}-sim-002-eval`,
    `#/runs/${longName('busy')}?tick=9`,
    '#/',
  ]) {
    await app.open(screen);
    await expect(page.getByRole('alert')).toHaveCount(0);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await app.waitIdle();
      await expectNarrow(`${screen.replaceAll(/x{9,}/g, '…')} at ${width}`);
    }
  }
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.getByRole('button', { name: 'Share' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectNarrow(`share dialog at ${width}`);
    await page.keyboard.press('Escape');
  }

  await test.step('sixty agents: pages of bearable height, and one agent at a time on that of an iteration', async () => {
    const path = await writeDatabase(join(folder, 'sixty.db'), 'B-V5', manyAgents('sixty', 60, 3));
    await app.pickFiles(path);
    const heightPx = () => page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width: 1280, height: 900 });
    await app.open('#/experiments/sixty');
    expect(await heightPx()).toBeLessThan(3000);
    await expect(page.getByText('most by 60 agents, 3 each')).toBeVisible();
    await app.open('#/experiments/sixty/iterations/1?agent=BANK_041');
    expect(await heightPx()).toBeLessThan(3000);
    await expect(page.getByRole('heading', { name: 'BANK_041' })).toBeVisible();
    await page.getByLabel('One of 60 agents').selectOption('BANK_059');
    await expect(page.getByRole('heading', { name: 'BANK_059' })).toBeVisible();
    await expect(page.getByRole('heading', { name: /^BANK_/ })).toHaveCount(1);
    expect(app.hash).toContain('agent=BANK_059');
    await page.getByRole('searchbox', { name: 'Agents by name' }).fill('bank_00');
    await expect(page.getByText('10, of 10 of 60 agents')).toBeVisible();
    await page.getByRole('searchbox', { name: 'Agents by name' }).fill('bank_001');
    await expect(page.getByRole('heading', { name: /^BANK_/ })).toHaveText(['BANK_001']);
    await app.waitIdle();
    expect(app.hash).toContain('agents=bank_001');

    const names = Array.from({ length: 51 }, (_, i) => `hide=BANK_${String(i).padStart(3, '0')}`);
    await app.open(`#/experiments/sixty?${names.join('&')}`);
    await page.getByRole('button', { name: 'BANK_000', exact: true }).click({ modifiers: ['Shift'] });
    await app.waitIdle();
    expect(app.hash.match(/hide=/g)).toHaveLength(50);
    await expect(page.getByRole('button', { name: 'BANK_000', exact: true })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });
});
