/** Beside each other and one by one: what only a browser shows of the comparison and of all proposals. */
import { join } from 'node:path';

import type { FixtureContent } from '../src/testing/fixtures/content.ts';
import { policyWithFraction } from '../src/testing/fixtures/defaults.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test } from './support/app.ts';

const passes = [1, 2, 3].map((seed) => ({
  id: `pass-${seed}`,
  name: 'exp',
  masterSeed: seed,
  config: { master_seed: seed },
}));

/** Three passes: pass n ends at 80 dollars plus n, and asks in iteration i for 50 % less 10 % each time. */
function threePasses(): FixtureContent {
  const iterations = [0, 1, 2, 3];
  return {
    experiments: passes,
    iterations: passes.flatMap(({ id, masterSeed }) =>
      iterations.map((iteration) => ({
        experiment: id,
        iteration,
        costs: { BANK_A: iteration < 3 ? 10_000 - 500 * iteration : 8_000 + 100 * masterSeed },
        fractions: { BANK_A: 0.5 - 0.1 * iteration },
      })),
    ),
    evaluations: passes.flatMap(({ id }) =>
      iterations.map((iteration) => ({
        experiment: id,
        iteration,
        agent: 'BANK_A',
        oldCost: 10_000,
        newCost: 10_000 - 500 * (iteration + 1),
        accepted: true,
        proposed: policyWithFraction(Number((0.4 - 0.1 * iteration).toFixed(1))),
      })),
    ),
  };
}

test('three passes as a mean with its band, and a rectangle in the scatter that becomes the queue of the desk', async ({
  app,
  folder,
  page,
}) => {
  const path = await writeDatabase(join(folder, 'passes.db'), 'B-V5', threePasses());
  await app.open();
  await app.pickFiles(path);
  await app.open(`#/compare?g=${encodeURIComponent('all~pass-1~pass-2~pass-3')}`);
  await expect(page.getByLabel('Statistics of all')).toContainText(
    'mean $82.00 of 3, standard deviation $1.00',
  );
  const figure = page.getByRole('figure', { name: 'Total cost by iteration' });
  // One thick line and three thin ones; the band is the one filled path.
  await expect(figure.locator('path[data-line]')).toHaveCount(4);
  await expect(figure.locator('path[fill-opacity="0.14"]')).toHaveCount(1);

  await app.open('#/proposals');
  const scatter = page.getByRole('application', { name: 'Scatter of proposals' });
  // Four places of three proposals each, drawn once a place.
  const drawn = scatter.locator('path[data-verdict]');
  await expect(drawn).toHaveCount(1);
  const box = await scatter.boundingBox();
  if (box === null) throw new Error('no scatter');
  await page.mouse.move(box.x + 0.15 * box.width, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.55 * box.width, box.y + 215, { steps: 5 });
  await page.mouse.up();
  await app.waitIdle();
  const left = page.getByRole('link', { name: /^Review \d+ on the desk$/ });
  await expect(left).toBeVisible();
  const count = Number(/\d+/.exec(await left.innerText())?.[0]);
  expect(count % 3).toBe(0);
  expect(count).toBeGreaterThan(0);
  expect(count).toBeLessThan(12);
  await expect(scatter.locator('path[data-verdict][data-in="false"]')).toHaveCount(1);
  await expect(scatter.locator('[data-chosen] rect')).toHaveCount(1);
  await left.click();
  await app.waitIdle();
  await expect(page.getByText(`${count} of 12 proposals: those that fit the conditions`)).toBeVisible();
});
