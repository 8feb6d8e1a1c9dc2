/** The page of one experiment, where its address names what is not stored. */
import { join } from 'node:path';

import { expect, inject, test } from 'vitest';

import { rejectedProposals } from '../../../e2e/fixtures/manyProposals.ts';
import { writeDatabase } from '../../../e2e/fixtures/writeDatabase.ts';
import { renderApp } from '../../testing/renderApp.ts';

test('an iteration and an agent that are not stored are named, beside the page as without them', async () => {
  const path = await writeDatabase(join(inject('fixtureFolder'), 'named.db'), 'B-V5', {
    ...rejectedProposals(3, 'named'),
    iterations: [0, 1, 2].map((iteration) => ({
      iteration,
      costs: { BANK_A: 100, BANK_B: 100 },
      fractions: { BANK_A: 0.5, BANK_B: 0.5 },
    })),
  });
  const app = await renderApp();
  await app.pickFiles(path);
  const shown = () => app.text(app.main);
  await app.open('#/experiments/named?iteration=99999&hide=NOBODY');
  expect(shown()).toContain('Iteration 99999 is not stored: 0 to 2 are.');
  expect(shown()).toContain('Nothing of NOBODY is stored.');
  expect(app.screen.getByRole('heading', { name: 'Iteration 2' })).toBeDefined();
  await app.click(app.button('Previous iteration'));
  expect(shown()).not.toContain('is not stored');
  await app.open('#/experiments/named?first=1&last=50');
  expect(shown()).toContain('The range of the figure names 50: of iterations 0 to 2 are.');
  await app.open('#/experiments/named?iteration=1&hide=BANK_B&agent=BANK_A');
  expect(shown()).not.toContain('is not stored');
  expect(shown()).not.toContain('Nothing of');

  // A click selects, the link opens.
  const cells = () => [...app.gridElement('Iterations').querySelectorAll<HTMLElement>('[role=gridcell]')];
  await app.click(cells().find((cell) => cell.dataset.row === '2' && cell.dataset.column === '1'));
  expect(app.hash).toContain('iteration=2');
  expect(app.screen.getByRole('heading', { name: 'Iteration 2' })).toBeDefined();
  await app.click(app.links('Iterations')[0]);
  expect(app.hash).toMatch(/^#\/experiments\/named\/iterations\/0/);
});
