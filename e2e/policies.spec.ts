/** What a proposal changes: its numbers, the drawn trees by keyboard, any policy against any other. */
import { expect, test, type App } from './support/app.ts';
import { cellOf, records } from './support/grid.ts';
import { realFile } from './support/realFile.ts';

const experiment = 'exp2-20261123-045350-e40e67';

async function show(app: App, view: string): Promise<void> {
  await app.page.getByRole('radio', { name: view, exact: true }).first().check({ force: true });
  await app.waitIdle();
}

test('a proposal of a real file is compared in words, numbers, drawn trees, outline and text', async ({
  app,
}) => {
  await app.open();
  await app.pickFiles(realFile('bootstrap.db'));
  await app.open(`#/experiments/${experiment}/iterations/2`);
  const policies = app.page.getByRole('region', { name: 'Policies of BANK_A' });
  await expect(policies).toContainText(
    'Asks for 38 % instead of 40 % liquidity; releases if ticks_to_deadline < 3 or balance >= 5000, else holds.',
  );
  const [fraction] = records(await app.grid('Parameters of BANK_A'));
  expect(['Parameter', 'In force', 'Proposed', 'Change'].map((name) => cellOf(fraction, name))).toEqual([
    'initial_liquidity_fraction',
    '0.4',
    '0.38',
    '-5 %',
  ]);

  await show(app, 'Tree');
  const tree = app.page.getByRole('tree', { name: 'payment tree, Proposed' });
  const nodes = tree.getByRole('treeitem');
  await expect(nodes).toHaveCount(5);
  await nodes.first().focus();
  for (const key of ['ArrowRight', 'ArrowLeft', 'End', 'ArrowLeft']) await app.page.keyboard.press(key);
  await expect(tree.locator('[role=treeitem]:focus')).toHaveAccessibleName('no: balance >= 5000, added');
  await expect(policies).toContainText('balance >= 5000 · added · named covered');
  await app.expectAccessible();

  await show(app, 'Outline');
  const lines = app.page.getByRole('list', { name: 'Outline of the payment tree' }).getByRole('listitem');
  await expect(lines).toHaveText([
    /ticks_to_deadline < 3 added/,
    /yes Release$/,
    /no balance >= 5000 added/,
    /yes Release added/,
    /no Hold added/,
  ]);
  await app.page.getByRole('button', { name: 'Fold balance >= 5000' }).click();
  await expect(lines).toHaveCount(3);

  await show(app, 'Text');
  const text = records(await app.grid('Text of In force and Proposed'));
  const changed = text.filter((row) => cellOf(row, 'Change') !== '').map((row) => cellOf(row, 'Line').trim());
  expect(changed).toContain('"initial_liquidity_fraction": 0.38');
  await app.expectAccessible();
});

test('any policy against any other, chosen in the address', async ({ app }) => {
  await app.open();
  await app.pickFiles(realFile('bootstrap.db'));
  await app.open(`#/experiments/${experiment}/policies?left=BANK_B.9.force&right=BANK_B.9.proposed`);
  await expect(
    app.page.getByText('Asks for 21 % instead of 19 % liquidity; the tree is unchanged.'),
  ).toBeVisible();
  const left = app.page.getByRole('group', { name: 'Left' });
  await left.getByLabel('Iteration, 0 to 13').fill('0');
  await left.getByLabel('Agent').selectOption('BANK_A');
  await app.waitIdle();
  expect(app.hash).toContain('left=BANK_A.0.force&right=BANK_B.9.proposed');
  const [fraction] = records(await app.grid('Parameters'));
  expect(cellOf(fraction, 'BANK_A, iteration 0, in force')).toBe('0.5');
  expect(cellOf(fraction, 'Change')).toBe('-58 %');
  await app.expectAccessible();
});
