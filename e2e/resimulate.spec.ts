/** Stored runs of the lab, simulated again in a worker of the page. */
import { join } from 'node:path';

import { sql } from '../src/lib/sql.ts';
import { writeLabFile } from '../src/testing/labFile.ts';
import { expect, test, type App } from './support/app.ts';
import { records } from './support/grid.ts';

const card = (app: App) => app.page.getByRole('region', { name: 'Simulate again' });
const press = async (app: App, name: string): Promise<void> => {
  await card(app).getByRole('button', { name, exact: true }).click();
  await app.waitIdle();
};

// All 238 runs of the sample are simulated again in Node (scripts/sample.test.ts); here those of one experiment.
test('runs of the sample come out as they are stored, their books follow from their events, and a check can be stopped', async ({
  app,
}) => {
  await app.open('#/runs/two-period-20260302-090000-d57cc0-iter3-evaluation?db=sample');
  await press(app, 'Simulate this run again');
  await expect(card(app)).toContainText(/All \d+ events come out as they are stored, in the same order/);
  await expect(card(app)).toContainText('All money is whole cents');

  await press(app, 'All runs of this experiment');
  await expect(card(app)).toContainText(
    '20 runs: 20 identical, 0 with a difference, 0 that cannot be simulated again. 540 events compared.',
  );
  await expect(card(app)).toContainText('All money is whole cents');
  await expect(app.gridLocator('Violations')).toHaveCount(0);
  expect(await app.rowCount('Simulated again')).toBe(20);
  await app.expectAccessible();

  await test.step('a check can be stopped, and says what it did until then', async () => {
    await app.open('#/experiments?db=sample');
    await app.gridLocator('Experiments').getByRole('link', { name: 'twelve-period' }).first().click();
    await app.waitIdle();
    const experiment = decodeURIComponent(/experiments\/([^?]+)/.exec(app.hash)?.[1] ?? '');
    await app.open(`#/runs/${experiment}-iter0-initial?db=sample`);
    await card(app).getByRole('button', { name: 'All runs of this file' }).click();
    await expect(card(app).getByRole('progressbar')).toBeVisible();
    await expect(app.page.locator('html')).toHaveAttribute('data-status', 'busy');
    await card(app).getByRole('button', { name: 'Cancel' }).click();
    await app.waitIdle();
    await expect(card(app)).toContainText('Cancelled');
    await expect(card(app).getByRole('progressbar')).toHaveCount(0);
  });
});

test('a changed event is shown with both its sides, a changed balance with its row', async ({
  app,
  folder,
}) => {
  const path = await writeLabFile(
    [{ id: 'busy-run' }, { id: 'other-run', seed: 12, level: 'summary' }],
    [
      sql`UPDATE simulation_events SET details = regexp_replace(details, '"amount":[0-9]+', '"amount":777')
        WHERE event_id = (SELECT min_by(event_id, rowid) FROM simulation_events WHERE event_type = 'Arrival' AND tick = 3)`,
      sql`UPDATE tick_agent_states SET balance = balance + 1 WHERE tick = 2 AND agent_id = 'BANK_B'`,
    ],
    join(folder, 'spoilt.duckdb'),
  );
  await app.open();
  await app.pickFiles(path);
  await app.open('#/runs/busy-run');
  await press(app, 'Simulate this run again');
  await expect(card(app)).toContainText('differs');
  await expect(card(app)).toContainText('It is in tick 3');
  const stored = app.page.getByRole('region', { name: 'Stored', exact: true });
  await expect(stored).toContainText('Arrival');
  await expect(stored.getByText('777', { exact: true })).toBeVisible();
  const simulated = app.page.getByRole('region', { name: 'Simulated again', exact: true });
  await expect(simulated).toContainText('Arrival');
  await expect(simulated.getByText('777', { exact: true })).toHaveCount(0);
  const [violation] = records(await app.grid('Violations'));
  expect(violation).toMatchObject({ Tick: '2', 'Rows in': 'tick_agent_states' });
  await app.expectAccessible();

  await press(app, 'All runs of this file');
  await expect(card(app)).toContainText(
    '2 runs: 0 identical, 1 with a difference, 1 that cannot be simulated again.',
  );
  const outcomes = records(await app.grid('Simulated again'));
  expect(outcomes.map((row) => `${row.Run}: ${row.Outcome}`).sort()).toEqual([
    'busy-run: differs',
    'other-run: cannot be simulated again',
  ]);
});
