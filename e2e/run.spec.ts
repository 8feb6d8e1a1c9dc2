/** A run replayed, as only a browser shows it: played, its choices open, two runs beside each other, and axe at each. */
import { expect, test } from './support/app.ts';
import { realFile } from './support/realFile.ts';

test('a run is played, its events narrowed; it stands beside another', async ({ app }) => {
  await app.page.emulateMedia({ reducedMotion: 'no-preference' });
  const paths = ['near-deadline.db', 'pairwise.db'].map(realFile);
  await app.open();
  await app.pickFiles(...paths);
  await app.open('#/runs/sim-3a023269?tick=61');
  await expect(app.page.getByRole('heading', { name: 'Banks at the end of tick 61' })).toBeVisible();
  await app.expectAccessible();

  await app.page.keyboard.press(' ');
  await expect(app.page.getByRole('button', { name: 'Pause' })).toBeVisible();
  // A busy machine may draw tick 62 and then 64.
  await expect(
    app.page.getByRole('heading', { name: /^Banks at the end of tick (6[3-9]|[7-9]\d)$/ }),
  ).toBeVisible();
  await app.page.keyboard.press(' ');
  await expect(app.page.getByRole('button', { name: 'Play' })).toBeVisible();
  await app.waitIdle();

  await app.page.getByRole('button', { name: 'Filter' }).click();
  await app.page.getByRole('checkbox', { name: /^waits in Queue 2/ }).check();
  await app.waitIdle();
  expect(app.hash).toContain('type=QueuedRtgs');
  expect(await app.rowCount('Events')).toBe(211);
  await app.expectAccessible();

  // Of the original, not of the lab: it says why it is not simulated again.
  const again = app.page.getByRole('region', { name: 'Simulate again' });
  await expect(again).toContainText('does not carry the mark of Iterscope’s lab');
  await expect(again.getByRole('button')).toHaveCount(0);

  await app.open('#/experiments/exp1-20261123-045337-b1f149/iterations/0');
  await app.gridLocator('Simulation runs').getByRole('link').first().click();
  await app.waitIdle();
  const card = app.page.getByRole('region', { name: 'Compare runs' });
  await card.getByLabel('Second run').selectOption({ index: 1 });
  await app.waitIdle();
  await card.getByRole('button', { name: 'Show as table: Running cost gap' }).click();
  await expect(app.gridLocator('Running cost gap')).toBeVisible();
  await app.expectAccessible();
});
