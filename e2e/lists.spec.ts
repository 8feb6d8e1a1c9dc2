/** Thousands of experiments: all of them are there, sorted, found, and the page keeps up. */
import { join } from 'node:path';

import type { FixtureContent } from '../src/testing/fixtures/content.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test, type App } from './support/app.ts';

const count = 3000;
const idOf = (i: number): string => `exp-${String(i).padStart(4, '0')}`;
/** Whole dollars from 1 to 3,000, each once: 7919 has no factor in common with 3,000. */
const finalDollars = (i: number): number => ((i * 7919) % count) + 1;

function manyExperiments(): FixtureContent {
  const indexes = Array.from({ length: count }, (_, i) => i);
  return {
    experiments: indexes.map((i) => ({ id: idOf(i), name: `name ${i}` })),
    iterations: indexes.flatMap((i) =>
      [5000, finalDollars(i)].map((dollars, iteration) => ({
        experiment: idOf(i),
        iteration,
        costs: { BANK_A: dollars * 100 },
        fractions: { BANK_A: 0.5 },
      })),
    ),
  };
}

/** The id and the final cost in a row, counted from 1 below the headings. */
async function rowAt(app: App, position: number): Promise<string> {
  const grid = app.gridLocator('Experiments');
  const heads = await grid.getByRole('columnheader').allInnerTexts();
  const row = grid.locator(`[role=row][aria-rowindex="${position + 1}"]`);
  const cells = await row.locator('[role=gridcell]').allInnerTexts();
  const cell = (head: string) => cells[heads.findIndex((text) => text.trim().startsWith(head))];
  return `${cell('Id')} ${cell('Final cost')}`;
}

test('3,000 experiments in one list', async ({ app, folder, page }) => {
  const path = await writeDatabase(join(folder, 'many.db'), 'B-V2', manyExperiments());
  await app.open();
  await app.pickFiles(path);
  const grid = app.gridLocator('Experiments');
  await expect(grid).toHaveAttribute('aria-rowcount', String(count + 1));
  expect(await grid.locator('[role=row]').count()).toBeLessThan(100);

  await page.evaluate(() => {
    const tasks: number[] = [];
    Reflect.set(window, 'longTasks', tasks);
    new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map((entry) => entry.duration)),
    ).observe({
      type: 'longtask',
    });
  });
  await grid.hover();
  for (let turns = 0; turns < 20; turns += 1) await page.mouse.wheel(0, 1500);
  await grid.getByRole('link').first().focus();
  await page.keyboard.press('Control+End');
  await expect(grid.locator(`[role=row][aria-rowindex="${count + 1}"]`)).toBeInViewport();
  expect(await rowAt(app, count)).toMatch(/^exp-2999 /);
  const longest = await page.evaluate(() => Math.max(0, ...(Reflect.get(window, 'longTasks') as number[])));
  console.log(`longest task of the main thread while scrolling: ${Math.round(longest)} ms (budget 200)`);

  const byFinal = grid.getByRole('columnheader', { name: 'Final cost' }).getByRole('button');
  await page.keyboard.press('Control+Home');
  await byFinal.click();
  await expect.poll(() => rowAt(app, 1)).toBe('exp-0000 $1.00');
  const second = Array.from({ length: count }, (_, i) => i).find((i) => finalDollars(i) === 2) ?? -1;
  expect(await rowAt(app, 2)).toBe(`${idOf(second)} $2.00`);
  await byFinal.click();
  const dearest = Array.from({ length: count }, (_, i) => i).find((i) => finalDollars(i) === count) ?? -1;
  await expect.poll(() => rowAt(app, 1)).toBe(`${idOf(dearest)} $3,000.00`);

  await page.getByLabel('Search experiments').fill('exp-2345');
  await expect(grid).toHaveAttribute('aria-rowcount', '2');
  expect(await rowAt(app, 1)).toMatch(/^exp-2345 /);
});
