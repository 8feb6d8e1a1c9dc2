/** A run replayed: banks, events and payments at the tick in the address, by pointer and by keyboard. */
import type { Locator } from '@playwright/test';

import { twoBanks } from './fixtures/twoBanks.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test, type App } from './support/app.ts';
import { fact } from './support/facts.ts';
import { cellOf, records } from './support/grid.ts';
import { realFile } from './support/realFile.ts';

const run = '#/runs/sim-3a023269';

const bank = (app: App, name: string): Locator =>
  app.page.getByRole('region', { name: 'Banks' }).getByRole('listitem', { name });

async function openNearDeadline(app: App, search = ''): Promise<void> {
  await app.open();
  await app.pickFiles(realFile('near-deadline.db'));
  await app.open(`${run}${search}`);
}

test('near-deadline.db at tick 61, and at its end as its writer printed it', async ({ app }) => {
  await openNearDeadline(app, '?tick=61');
  await expect(app.page.getByRole('heading', { name: 'Banks at the end of tick 61' })).toBeVisible();
  await expect(bank(app, 'BANK_A')).toContainText('$43.00');
  await expect(fact(bank(app, 'BANK_A'), 'Queue 2')).toContainText(/^14 \(/);
  await expect(bank(app, 'BANK_B')).toContainText('$957.00');
  await expect(app.page.getByRole('slider', { name: 'Tick' })).toHaveAttribute(
    'aria-valuetext',
    'tick 61 of 99, day 1',
  );
  await expect(app.page.locator('main')).toContainText('mean delay 2.9 ticks');
  expect(await app.rowCount('Events')).toBe(1861);
  expect(await app.rowCount('Payments')).toBe(393);
  await app.expectAccessible();

  await app.page.getByRole('button', { name: 'Last tick' }).click();
  await app.waitIdle();
  expect(app.hash).toContain('tick=99');
  await expect(bank(app, 'BANK_A')).toContainText('$345.93');
  await expect(bank(app, 'BANK_B')).toContainText('$654.07');
  await expect(fact(bank(app, 'BANK_A'), 'cost so far')).toContainText('$3,134.12');
  await expect(fact(bank(app, 'BANK_B'), 'cost so far')).toContainText('$0.00');

  await app.page.getByRole('button', { name: 'Show as table: Over the run' }).click();
  const rows = records(await app.grid('Over the run'));
  const last = rows.find((row) => row.Tick === '99');
  expect(cellOf(last, 'Balance BANK_A')).toBe('$345.93');
  expect(cellOf(last, 'Cost so far BANK_A')).toBe('$3,134.12');
});

test('by keyboard alone: ticks, the next overdue payment, its life', async ({ app }) => {
  await openNearDeadline(app);
  await app.page.keyboard.press('ArrowRight');
  await app.page.keyboard.press('ArrowRight');
  await app.waitIdle();
  expect(app.hash).toContain('tick=2');
  await app.page.keyboard.press('n');
  await app.waitIdle();
  const overdue = Number(/tick=(\d+)/.exec(app.hash)?.[1]);
  expect(overdue).toBeGreaterThan(2);
  await app.page.keyboard.press('p');
  await expect(app.page.getByText(`before tick ${overdue}`).first()).toBeVisible();
  await app.page.keyboard.press('End');
  await app.waitIdle();
  expect(app.hash).toContain('tick=99');
  await app.page.keyboard.press('Home');
  await app.page.keyboard.press(' ');
  await expect(app.page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(app.page.getByRole('heading', { name: 'Banks at the end of tick 3' })).toBeVisible();
  await app.page.keyboard.press(' ');
  await expect(app.page.getByRole('button', { name: 'Play' })).toBeVisible();
  await app.waitIdle();

  await app.gridLocator('Payments').getByRole('gridcell').first().focus();
  await app.page.keyboard.press('Enter');
  await app.waitIdle();
  expect(app.hash).toContain('payment=');
  await expect(app.page.getByRole('region', { name: 'Life of one payment' })).toContainText('arrives');
});

test('events narrowed by type and bank, in the address, with a way back', async ({ app }) => {
  await openNearDeadline(app, '?type=TransactionWentOverdue');
  const rows = records(await app.grid('Events'));
  expect(rows).toHaveLength(6);
  expect(new Set(rows.map((row) => row.Event))).toEqual(new Set(['goes overdue']));
  expect(rows.map((row) => row.Details).join()).toMatch(/BANK_A → BANK_B, was due at tick \d+/);
  await app.page.getByRole('button', { name: /without the filter goes overdue/ }).click();
  await app.waitIdle();
  expect(await app.rowCount('Events')).toBe(1861);

  await app.page.getByRole('button', { name: 'Filter' }).click();
  await app.page.getByRole('checkbox', { name: /^waits in Queue 2/ }).check();
  await app.waitIdle();
  expect(app.hash).toContain('type=QueuedRtgs');
  expect(await app.rowCount('Events')).toBe(211);
  await app.expectAccessible();
});

test('the same run behind the same iteration, linked in different ways, each named', async ({ app }) => {
  const experiment = 'exp1-20261123-045337-b1f149';
  for (const [name, linked] of [
    ['pairwise.db', /linked by (seed|order|event):/],
    ['unified.db', /linked by column:/],
  ] as const) {
    await app.open();
    await app.pickFiles(realFile(name));
    await app.open(`#/experiments/${experiment}/iterations/3`);
    await app.gridLocator('Simulation runs').getByRole('link').first().click();
    await app.waitIdle();
    await expect(app.page.locator('main')).toContainText(linked);
    await expect(
      app.page.locator('main').getByRole('link', { name: 'iteration 3', exact: true }),
    ).toBeVisible();
    await expect(app.page.locator('main')).toContainText('cost $71.00');
    await expect(app.page.getByTitle('Next run of the experiment')).toContainText('iteration 4');
    await app.page.getByRole('button', { name: /^Close .*\.db$/ }).click();
    await app.waitIdle();
  }
});

test('two runs beside each other: where they part, and what the second costs less', async ({ app }) => {
  await app.open();
  await app.pickFiles(realFile('pairwise.db'));
  await app.open('#/experiments/exp1-20261123-045337-b1f149/iterations/0');
  await app.gridLocator('Simulation runs').getByRole('link').first().click();
  await app.waitIdle();
  const card = app.page.getByRole('region', { name: 'Against another run' });
  const second = card.getByLabel('Second run');
  const [, nearest] = await second.locator('option').allTextContents();
  expect(nearest).toContain('iteration 1');
  await second.selectOption({ index: 1 });
  await app.waitIdle();
  expect(app.hash).toContain('twin=');
  await expect(card).toContainText('The first tick that differs is tick 0');
  await expect(card).toContainText('By the end of tick 1 the second run has cost $15.00 less than this one.');
  await expect(card).toContainText('Every payment of the one run has its like in the other');
  await card.getByRole('button', { name: 'Show as table: Running cost gap' }).click();
  expect(records(await app.grid('Running cost gap')).map((row) => Object.values(row).at(-1))).toEqual([
    '-$7.50',
    '-$15.00',
  ]);
  await app.expectAccessible();
  await card.getByRole('link', { name: 'Tick 0 of the second run' }).click();
  await app.waitIdle();
  await expect(card).toContainText('$15.00 more than this one');
});

test('a run that stores no events says so, and where it belongs', async ({ app, folder }) => {
  const path = await writeDatabase(`${folder}/quiet.db`, 'B-V5', twoBanks('quiet'));
  await app.open();
  await app.pickFiles(path);
  await app.open('#/runs/quiet-sim-002-eval');
  await expect(app.page.locator('main')).toContainText('there is nothing to replay');
  await expect(app.page.getByTitle('Previous run of the experiment')).toBeVisible();
  await app.expectAccessible();
});
