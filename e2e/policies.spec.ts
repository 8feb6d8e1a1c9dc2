/** What a proposal changes, in the ways it can be shown: axe at each of them. */
import { test } from './support/app.ts';
import { realFile } from './support/realFile.ts';

const experiment = '#/experiments/exp2-20261123-045350-e40e67';

test('drawn trees, text, and any policy against any other', async ({ app }) => {
  await app.open();
  await app.pickFiles(realFile('bootstrap.db'));
  await app.open(`${experiment}/iterations/2`);
  for (const view of ['Tree', 'Text']) {
    await app.page.getByRole('radio', { name: view, exact: true }).first().check({ force: true });
    await app.waitIdle();
    await app.expectAccessible();
  }
  await app.open(`${experiment}/policies?left=BANK_A.0.force&right=BANK_B.9.proposed`);
  await app.expectAccessible();
});
