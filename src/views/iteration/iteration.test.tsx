import { expect, test } from 'vitest';

import { renderApp } from '../../testing/renderApp.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';

test('the last iteration of a completed loop says that nothing was proposed, as the experiment does', async () => {
  const path = await writeFixture('B-V5', {
    experiments: [{ id: 'exp1' }],
    iterations: [0, 1].map((iteration) => ({ iteration, costs: { BANK_A: 5000 } })),
    evaluations: [
      {
        iteration: 0,
        agent: 'BANK_A',
        oldCost: 5000,
        newCost: 6000,
        accepted: false,
        reason: 'cost_not_improved',
      },
    ],
  });
  const app = await renderApp();
  await app.pickFiles(path);
  await app.open('#/experiments/exp1/iterations/1');
  const words = 'othing was proposed: the loop ended with this evaluation';
  expect(app.text(app.main)).toContain(`N${words}.`);
  expect(app.text(app.main)).toContain(`n${words}`);
  await app.open('#/experiments/exp1');
  expect(app.text(app.main)).toContain(`n${words}`);
});
