import { expect, it } from 'vitest';

import { durationLine, isFarOverBudget } from './budget.ts';

it.each([
  [30, 'lint: 30 s (budget 40 s)', false],
  [41, 'lint: 41 s WARNING: over its budget 40 s; is the machine busy?', false],
  [200, 'lint: 3 min 20 s WARNING: over its budget 40 s; is the machine busy?', false],
  [201, 'lint: 3 min 21 s FAILED: more than 5 times its budget 40 s', true],
])('%d seconds of a budget of 40', (seconds, line, fails) => {
  const duration = { title: 'lint', seconds, budgetSeconds: 40 };
  expect([durationLine(duration), isFarOverBudget(duration)]).toEqual([line, fails]);
});

it('holds a step without a budget to nothing', () => {
  const duration = { title: 'lint', seconds: 9999, budgetSeconds: undefined };
  expect([durationLine(duration), isFarOverBudget(duration)]).toEqual(['lint: 2 h 46 min', false]);
});
