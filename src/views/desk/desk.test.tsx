/** The rejection desk: what the files hold, in which order, and a list that shrinks while it is worked through. */
import { join } from 'node:path';

import { waitFor } from '@testing-library/dom';
import { expect, inject, test } from 'vitest';

import { rejectedProposals } from '../../../e2e/fixtures/manyProposals.ts';
import { writeDatabase } from '../../../e2e/fixtures/writeDatabase.ts';
import { cellOf, records } from '../../testing/gridText.ts';
import { testRealFiles } from '../../testing/realFile.ts';
import { renderApp, type RenderedApp } from '../../testing/renderApp.ts';

testRealFiles(
  ['pairwise.db'],
  'six below the settlement floor, eight that cost more, five that could not be parsed',
  async (...paths) => {
    const desk = '#/experiments/exp1-20261123-045340-6346bb/proposals';
    const app = await renderApp();
    await app.pickFiles(...paths);
    await app.open(desk);
    const rows = records(await app.wholeGrid('Proposals'));
    const of = (verdict: string) => rows.filter((row) => cellOf(row, 'Verdict') === verdict).length;
    expect(rows).toHaveLength(19);
    expect(of('rejected: Below the settlement floor')).toBe(6);
    expect(of('rejected: Higher cost')).toBe(8);
    expect(of('invalid: Invalid policy')).toBe(5);
    await app.open(`${desk}?kind=below_floor&only=BANK_B`);
    const [nearest] = records(app.grid('Proposals'));
    expect(cellOf(nearest, 'Saving')).toBe('−$50.00');
    expect(cellOf(nearest, 'Reason')).toBe('settles 66.7 %, floor 95.0 %');
    expect(app.text(app.main)).toContain('recomputed: same verdict');
    await app.open('#/desk?kind=invalid');
    expect(app.rowCount('Proposals')).toBe(7);
  },
);

testRealFiles(
  ['bootstrap.db'],
  'the accepted proposal of iteration 10 lost on one sample',
  async (...paths) => {
    const desk = '#/experiments/exp2-20261123-045350-e40e67/proposals';
    const app = await renderApp();
    await app.pickFiles(...paths);
    await app.open(`${desk}?agent=BANK_A&iteration=10&show=accepted`);
    expect(app.text(app.main)).toContain('49 / 1 / 0');
    expect(app.text(app.main)).toContain('t = 2.021 for 49 degrees of freedom');
    expect(app.text(app.main)).toContain('recomputed: same verdict');
    expect(app.text(app.main)).toContain('14 accepted, 10 rejected, as stored');
    await app.open(`${desk}?agent=BANK_A&iteration=10&show=accepted&least=0.04`);
    expect(app.text(app.main)).toContain('1 accepted, would be rejected');
    await app.click(app.screen.getByRole('link', { name: 'iteration 7, BANK_A' }));
    expect(app.hash).toContain('iteration=7');
    const headings = [...app.main.querySelectorAll('h1, h2, h3')].map((heading) => app.text(heading));
    expect(headings.join(', ')).toContain('Asks for 29 % instead of 30 % liquidity');
  },
);

/** What is judged leaves the list of those not reviewed, and the next one is not skipped. */
async function expectJudgedLeaves(app: RenderedApp): Promise<void> {
  await app.open('#/experiments/left/proposals?reviewed=no');
  const crumbs = () => app.text(app.screen.getByRole('navigation', { name: /^Breadcrumb/ }));
  await app.press('a');
  await app.press('{Enter}');
  expect(crumbs()).toContain('iteration 0');
  expect(crumbs()).toContain('BANK_B');
  await app.press('d');
  expect(crumbs()).toContain('BANK_B');
  await app.press('{Enter}');
  expect(crumbs()).toContain('iteration 1');
  expect(crumbs()).toContain('BANK_A');
  expect(app.rowCount('Proposals')).toBe(4);
  expect(app.text(app.main)).toContain('2 of 6 reviewed');
  // A filter that leaves nothing leaves nothing to judge.
  const range = app.screen.getByRole('textbox', { name: /^Iteration or range/ });
  await app.user.type(range, '99');
  await app.waitIdle();
  expect(app.hash).toContain('k=99');
  expect(app.screen.queryByRole('radio', { name: /^Disagree/ })).toBeNull();
  await app.user.clear(range);
  await app.user.type(range, 'abc');
  expect(range.getAttribute('aria-invalid')).toBe('true');
  expect(app.hash).not.toContain('k=');
  await app.user.clear(range);
  await app.user.type(range, '99');
  await app.click(app.button('Show all proposals'));
  expect(app.rowCount('Proposals')).toBe(6);

  // In the table a click selects and the name opens; Back returns to the table.
  await app.open('#/experiments/left/proposals?as=table&show=all');
  const cell = app.gridElement('Proposals').querySelector('[data-row="3"][data-column="1"]');
  await app.click(cell ?? undefined);
  expect(app.hash).toContain('as=table');
  expect(app.hash).toContain('iteration=1');
  expect(app.hash).toContain('agent=BANK_B');
  await app.click(app.links('Proposals')[2]);
  expect(app.hash).not.toContain('as=table');
  expect(crumbs()).toContain('BANK_A');
  history.back();
  await waitFor(() => expect(app.hash).toContain('as=table'));
  expect(app.hash).toContain('agent=BANK_B');

  // Where list and proposal take each other's place, as on a phone, the focus goes along.
  await app.open('#/experiments/left/proposals?show=all');
  const narrow = document.createElement('style');
  narrow.textContent = '[aria-label=Queue] { display: none }';
  const third = app.gridElement('Proposals').querySelector<HTMLElement>('[aria-rowindex="4"]');
  third?.focus();
  document.head.append(narrow);
  await app.click(third ?? undefined);
  expect(document.activeElement?.tagName).toBe('H2');
  const back = app.button('All proposals');
  narrow.textContent = ':has(> div > header h2) { display: none }';
  await app.click(back);
  expect(document.activeElement?.getAttribute('aria-rowindex')).toBe('4');
  narrow.remove();
}

/** A link to a proposal that the file lacks names it and shows no other to judge. */
async function expectLackingNamed(app: RenderedApp): Promise<void> {
  const shown = () => app.text(app.main);
  const agree = () => app.screen.queryByRole('radio', { name: /^Agree/ });
  await app.open('#/experiments/left/proposals?iteration=11&agent=BANK_Z');
  expect(shown()).toContain('The proposal of iteration 11 of BANK_Z is not in this file.');
  expect(agree()).toBeNull();
  expect(app.rowCount('Proposals')).toBe(6);
  await app.click(app.button('Show the first of the list'));
  expect(app.hash).toContain('iteration=0');
  expect(app.hash).toContain('agent=BANK_A');
  expect(agree()).not.toBeNull();

  await app.open('#/desk?experiment=left&iteration=1&agent=BANK_Z');
  expect(shown()).toContain('iteration 1 of BANK_Z of left is not among the proposals read.');
  // What a filter hides is there: it is brought into the list.
  await app.open('#/experiments/left/proposals?iteration=1&agent=BANK_B&only=BANK_A');
  expect(shown()).not.toContain('is not in this file');
  await app.open('#/experiments/left/proposals');
  expect(agree()).not.toBeNull();
}

test('a link to what the file lacks shows no other to judge; what is judged leaves the list', async () => {
  const folder = inject('fixtureFolder');
  const path = await writeDatabase(join(folder, 'left.db'), 'B-V5', rejectedProposals(3, 'left'));
  const app = await renderApp();
  await app.pickFiles(path);
  await expectLackingNamed(app);
  await expectJudgedLeaves(app);
});
