/** No amount of money is cut off, however large, on any screen at any width. */
import { join } from 'node:path';

import { writeLabFile } from '../src/testing/labFile.ts';
import { largeScenario, largeTwoBanks } from './fixtures/largeAmounts.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test } from './support/app.ts';
import { cutAmounts } from './support/cutAmounts.ts';

const screens = [
  '#/experiments',
  '#/experiments/large?iteration=1',
  '#/experiments/large/iterations/1',
  '#/experiments/large/proposals?show=all&proposal=1.BANK_B',
  '#/experiments/large/proposals?show=all&as=table',
  '#/desk?show=all&as=table',
  '#/runs/large-sim-002-eval',
  '#/runs/busy?tick=9',
  '#/runs/busy?tick=23',
] as const;

test('amounts of 12 digits are whole, on every screen from 390 to 1920 pixels', async ({
  app,
  folder,
  page,
}) => {
  test.slow();
  const experiment = await writeDatabase(join(folder, 'large.db'), 'A1', largeTwoBanks('large'));
  const run = await writeLabFile(
    [{ id: 'busy', scenario: largeScenario(11) }],
    [],
    join(folder, 'busy.duckdb'),
  );
  await app.open();
  await app.pickFiles(experiment, run);
  for (const screen of screens) {
    await app.open(screen);
    for (const width of [390, 1280, 1440, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      await app.waitIdle();
      expect.soft(await cutAmounts(page), `${screen} at ${width}`).toEqual([]);
    }
  }
});
