/** What a proposal changes: its numbers, the drawn trees by keyboard, any policy against any other. */
import { expect } from 'vitest';

import { cellOf, records } from '../../testing/gridText.ts';
import { testRealFiles } from '../../testing/realFile.ts';
import { renderApp } from '../../testing/renderApp.ts';

const experiment = 'exp2-20261123-045350-e40e67';

testRealFiles(['bootstrap.db'], 'a proposal in words, numbers, trees, outline and text', async (...paths) => {
  const app = await renderApp();
  await app.pickFiles(...paths);
  await app.open(`#/experiments/${experiment}/iterations/2`);
  const policies = () => app.region('Policies of BANK_A');
  const show = (view: string) => app.click(app.screen.getAllByRole('radio', { name: view })[0]);
  expect(app.text(policies())).toContain(
    'Asks for 38 % instead of 40 % liquidity; releases if ticks_to_deadline < 3 or balance >= 5000, else holds.',
  );
  const [fraction] = records(app.grid('Parameters of BANK_A'));
  expect(['Parameter', 'In force', 'Proposed', 'Change'].map((name) => cellOf(fraction, name))).toEqual([
    'initial_liquidity_fraction',
    '40 %',
    '38 %',
    '−5 %',
  ]);

  await show('Tree');
  const tree = app.screen.getByRole('tree', { name: 'payment tree, Proposed' });
  const nodes = tree.querySelectorAll<HTMLElement>('[role=treeitem]');
  expect(nodes).toHaveLength(5);
  nodes[0]?.focus();
  for (const key of ['ArrowRight', 'ArrowLeft', 'End', 'ArrowLeft']) await app.press(`{${key}}`);
  expect(document.activeElement?.getAttribute('aria-label')).toBe('no: balance >= 5000, added');
  expect(app.text(policies())).toContain('balance >= 5000 · added · named covered');

  await show('Outline');
  const lines = () => {
    const list = app.screen.getAllByRole('list', { name: 'Outline of the payment tree' })[0];
    return [...(list?.querySelectorAll('li') ?? [])].map((line) => app.text(line));
  };
  expect(lines()).toEqual([
    expect.stringMatching(/ticks_to_deadline < 3 added/),
    expect.stringMatching(/yes Release$/),
    expect.stringMatching(/no balance >= 5000 added/),
    expect.stringMatching(/yes Release added/),
    expect.stringMatching(/no Hold added/),
  ]);
  await app.click(app.button('Fold balance >= 5000'));
  expect(lines()).toHaveLength(3);

  await show('Text');
  const text = records(app.grid('Text of In force and Proposed'));
  const changed = text.filter((row) => cellOf(row, 'Change') !== '').map((row) => cellOf(row, 'Line').trim());
  expect(changed).toContain('"initial_liquidity_fraction": 0.38');
});

testRealFiles(['bootstrap.db'], 'any policy against any other, chosen in the address', async (...paths) => {
  const app = await renderApp();
  await app.pickFiles(...paths);
  await app.open(`#/experiments/${experiment}/policies?left=BANK_B.9.force&right=BANK_B.9.proposed`);
  expect(app.text(app.main)).toContain('Asks for 21 % instead of 19 % liquidity; the tree is unchanged.');
  const left = app.within(app.screen.getByRole('group', { name: 'Left' }));
  await app.user.clear(left.getByLabelText('Iteration, 0 to 13'));
  await app.user.type(left.getByLabelText('Iteration, 0 to 13'), '0');
  await app.user.selectOptions(left.getByLabelText('Agent'), 'BANK_A');
  await app.waitIdle();
  expect(app.hash).toContain('left=BANK_A.0.force&right=BANK_B.9.proposed');
  const [fraction] = records(app.grid('Parameters'));
  expect(cellOf(fraction, 'BANK_A, iteration 0, in force')).toBe('50 %');
  expect(cellOf(fraction, 'Change')).toBe('−58 %');
});
