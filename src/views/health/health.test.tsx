import { expect, test } from 'vitest';

import type { FixtureContent } from '../../testing/fixtures/content.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { testRealFiles } from '../../testing/realFile.ts';
import { renderApp, type RenderedApp } from '../../testing/renderApp.ts';

/** Accepted though dearer by $10.00. */
const oneWrong: FixtureContent = {
  iterations: [{ iteration: 0, costs: { A: 5000 } }],
  evaluations: [
    {
      iteration: 0,
      agent: 'A',
      oldCost: 5000,
      newCost: 6000,
      accepted: true,
      reason: 'passed: delta_sum > 0',
      settlementRate: 1,
    },
  ],
};

const line = (app: RenderedApp, code: string, scope: Element = app.main) =>
  scope.querySelector<HTMLElement>(`[data-check="${code}"]`);

test('a verdict that does not follow: said in lists, counted, listed, exported, and one click from the desk', async () => {
  const app = await renderApp();
  await app.pickFiles(await writeFixture('B-V5', oneWrong));
  await app.open('#/experiments');
  const { headers, rows } = app.grid('Experiments');
  expect(rows[0]?.[headers.indexOf('Contradictions')]).toBe('1');
  await app.open('#/');
  const files = app.grid('Open files');
  expect(files.rows[0]?.[files.headers.indexOf('Health')]).toBe('1 contradiction');
  await app.click(app.within(app.gridElement('Open files')).getByRole('link', { name: '1 contradiction' }));
  expect(app.hash).toMatch(/^#\/health/);

  expect(line(app, 'verdicts')?.dataset).toMatchObject({ outcome: 'contradiction', count: '1' });
  expect(line(app, 'verdict-rules')?.dataset).toMatchObject({ outcome: 'contradiction', count: '1' });
  expect(app.text()).toContain('accepted though not cheaper');
  expect(app.text(app.main)).toContain('Of 1 evaluated verdict, 0 follow');
  await app.click(app.within(app.main).getByRole('link', { name: 'Review' }));
  expect(app.hash).toMatch(/^#\/experiments\/.+\/proposals\?/);
  expect(app.hash).toContain('agent=A');
  expect(app.hash).toContain('iteration=0');

  // The report leaves by a dialog with its formats.
  await app.open('#/health');
  await app.click(app.button('Export report'));
  const dialog = app.screen.getByRole('dialog', { name: 'Export' });
  const formats = app.within(dialog).getByRole('radiogroup', { name: 'Format' });
  expect(app.within(formats).getAllByRole('radio')).toHaveLength(2);
  expect(app.within(dialog).getByRole('button', { name: 'Download' })).toBeDefined();
});

test('the worst file stands first, and other checks open on request', async () => {
  const sound = await writeFixture('B-V5', { iterations: [{ iteration: 0, costs: { A: 5000 } }] });
  const app = await renderApp();
  await app.pickFiles(sound);
  await app.pickFiles(await writeFixture('B-V5', oneWrong));
  await app.open('#/health');
  const tables = [...app.main.querySelectorAll<HTMLElement>('table[aria-label=Checks]')];
  expect(tables.map((table) => line(app, 'verdicts', table)?.dataset.outcome)).toEqual([
    'contradiction',
    'unknown',
  ]);
  expect(line(app, 'delta-costs')).toBeNull();
  await app.click(app.within(tables[0] ?? app.main).getByRole('button', { name: 'Contradictions' }));
  expect(line(app, 'delta-costs')?.dataset).toMatchObject({ outcome: 'ok', count: '0' });
  expect(line(app, 'samples-sum')?.dataset).toMatchObject({ outcome: 'unknown' });
});

testRealFiles(['crashed.db'], 'its runs are checked at once, all 11 consistent', async (file) => {
  const app = await renderApp();
  await app.pickFiles(file);
  await app.open('#/health');
  expect(line(app, 'runs')?.dataset).toMatchObject({ outcome: 'ok', count: '0' });
  expect(app.text(app.main)).toContain('11 of 11 consistent');
  // What was found stays when one comes back.
  await app.open('#/experiments');
  await app.open('#/health');
  expect(line(app, 'runs')?.dataset.outcome).toBe('ok');
});
