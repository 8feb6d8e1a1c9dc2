/** The list of experiments: what it adds up, how it sorts at first, and the columns that the reader keeps. */
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';

import { within } from '@testing-library/dom';
import { expect, inject, test } from 'vitest';

import { writeDatabase } from '../../../e2e/fixtures/writeDatabase.ts';
import type { FixtureContent } from '../../testing/fixtures/content.ts';
import { cellOf, records } from '../../testing/gridText.ts';
import { renderApp } from '../../testing/renderApp.ts';

/** Final dollars of experiments that each begin at 100. */
const finals = [
  ['alpha-20260101-090000-aaaaaa', 'alpha', 40],
  ['alpha-20260101-100000-bbbbbb', 'alpha', 20],
  ['beta-20260101-110000-cccccc', 'beta', 130],
] as const;

const content: FixtureContent = {
  experiments: finals.map(([id, name]) => ({ id, name })),
  iterations: finals.flatMap(([id, , final]) =>
    [100, final].map((dollars, iteration) => ({
      experiment: id,
      iteration,
      costs: { BANK_A: dollars * 100 },
      fractions: { BANK_A: 0.5 },
    })),
  ),
};

test('totals, the useful order first, and columns that stay as the reader left them', async () => {
  const path = await writeDatabase(join(inject('fixtureFolder'), 'listed.db'), 'B-V2', content);
  const app = await renderApp();
  await app.pickFiles(path);
  await app.open('#/experiments');
  const listed = () => records(app.grid('Experiments'));
  expect(listed().map((row) => cellOf(row, 'Id'))).toEqual(finals.map(([id]) => id));
  // Every id begins with its name, which therefore has no column of its own.
  expect(Object.keys(listed()[0] ?? {})).not.toContain('Name');
  // Rows of one id are told apart by their file.
  const again = join(inject('fixtureFolder'), 'again.db');
  await copyFile(path, again);
  await app.pickFiles(again);
  expect(Object.keys(listed()[0] ?? {}).slice(0, 3)).toEqual(['Id', 'Compare', 'File']);
  expect(app.text(app.main)).toContain('3 experiments (3 in more than one file, counted once): ');
  await app.click(app.button('Close again.db'));
  expect(app.text(app.main)).toContain('3 experiments: ');
  expect(app.text(app.main)).toContain('; 6 iterations; ');

  await app.click(app.button('Saving'));
  expect(listed().map((row) => cellOf(row, 'Saving'))).toEqual(['80.0 %', '60.0 %', '−30.0 %']);
  await app.click(app.button('Final cost'));
  expect(listed().map((row) => cellOf(row, 'Final cost'))).toEqual(['$20.00', '$40.00', '$130.00']);

  const alpha = app.screen.getByRole('img', { name: /^alpha: / });
  expect(alpha.getAttribute('aria-label')).toBe(
    'alpha: bbbbbb from $100.00 to $20.00 and aaaaaa from $100.00 to $40.00',
  );
  expect(app.screen.getByRole('link', { name: 'Compare these 2' }).getAttribute('href')).toContain(
    'x=alpha-20260101-100000-bbbbbb&x=alpha-20260101-090000-aaaaaa',
  );

  await app.click(app.button(/^Columns/));
  await app.click(app.screen.getByRole('checkbox', { name: 'Final cost' }));
  await app.click(app.button('Seed: further left'));
  await app.press('{Escape}');
  const kept = Object.keys(listed()[0] ?? {});
  expect(kept).not.toContain('Final cost');
  expect(kept.indexOf('Seed')).toBe(kept.indexOf('Cost trend') - 1);
  // The order by a column that is not shown stands.
  expect(listed().map((row) => cellOf(row, 'Best cost'))).toEqual(['$20.00', '$40.00', '$100.00']);
  await app.open('#/health');
  await app.open('#/experiments');
  expect(Object.keys(listed()[0] ?? {})).toEqual(kept);

  await app.open('#/experiments?q=alpha');
  expect(listed()).toHaveLength(2);
  await app.click(app.button('Export Experiments'));
  const dialog = within(await app.screen.findByRole('dialog', { name: 'Export' }, { timeout: 60_000 }));
  expect(dialog.getByRole('radio', { name: 'As shown (2)' })).toHaveProperty('checked', true);
  await app.click(dialog.getByRole('radio', { name: 'Whole table (3)' }));
  await app.click(dialog.getByRole('button', { name: 'Copy CSV' }));
  await expect.poll(() => dialog.getByRole('status').textContent).toBe('Copied as CSV');
  const csv = await navigator.clipboard.readText();
  expect(csv.split('\n')[0]).toContain('Final cost');
  expect(csv).toContain('beta-20260101-110000-cccccc');
});
