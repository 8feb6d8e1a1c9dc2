import { expect, it } from 'vitest';

import { formatTable } from './report.ts';

it('lines figures up with their budgets', () => {
  const table = formatTable([
    { what: 'boot', unit: 'ms', spread: { median: 1300.4, min: 1200, max: 1500 } },
    {
      what: 'list, bytes',
      unit: 'bytes',
      spread: { median: 1_650_000, min: 1_650_000, max: 1_650_000 },
      budget: 2_500_000,
    },
    { what: 'list', unit: 'times', spread: { median: 2.5, min: 1, max: 3 }, budget: 2 },
  ]);
  expect(table.split('\n')).toEqual([
    '              median    least     most  budget',
    'boot         1300 ms  1200 ms  1500 ms',
    'list, bytes   1.6 MB   1.6 MB   1.6 MB  2.5 MB  within',
    'list          2.50 x   1.00 x   3.00 x  2.00 x    OVER',
  ]);
});
