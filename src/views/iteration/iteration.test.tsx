import { expect, test } from 'vitest';

import { cellOf, records } from '../../testing/gridText.ts';
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

test('an experiment none of whose iterations was read counts no range and names no cause', async () => {
  const path = await writeFixture('B-V5', {
    experiments: [{ id: 'exp1', numIterations: 19 }],
    events: [{ iteration: 0, type: 'llm_interaction', data: { agent_id: 'BANK_A', raw_response: '{}' } }],
  });
  const app = await renderApp();
  await app.pickFiles(path);
  await app.open('#/experiments/exp1/iterations/0');
  expect(app.text(app.main)).toContain(': no row of an iteration was read');
  expect(app.text(app.main)).not.toContain('to -1');
  await app.open('#/experiments/exp1');
  expect(app.text(app.main)).toContain('Converged: no row of an iteration was read');
  expect(app.text(app.main)).toContain('though the stored counter says 19');
  expect(app.fact('iterations')).toContain('unknown');
  await app.open('#/experiments');
  expect(cellOf(records(app.grid('Experiments'))[0], 'Iterations')).toBe('unknown');
});
