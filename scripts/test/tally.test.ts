import { expect, it } from 'vitest';

import { addTallies, noTests, playwrightTally, summary, vitestTally } from './tally.ts';

it('adds what both runners report', () => {
  const unit = vitestTally({ numPassedTests: 10, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1 });
  const browser = playwrightTally({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 4 } });
  expect(addTallies([unit, browser])).toEqual({ passed: 15, failed: 2, skipped: 7 });
});

it('ends with one line', () => {
  expect(summary({ passed: 15, failed: 0, skipped: 7 }, true)).toBe('15 passed, 0 failed, 7 skipped');
  expect(summary({ passed: 15, failed: 2, skipped: 0 }, false)).toBe('15 passed, 2 failed, 0 skipped');
  expect(summary(noTests, false)).toBe('0 passed, 1 failed, 0 skipped');
});

it('refuses a report of another shape', () => {
  expect(() => vitestTally({})).toThrow();
  expect(() => playwrightTally({ stats: { expected: '5' } })).toThrow();
});
