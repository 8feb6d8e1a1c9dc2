/** Files of different writers are open at once, each read in its own way. */
import { join } from 'node:path';

import { twoBanks } from './fixtures/twoBanks.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test } from './support/app.ts';
import { cellOf, records, type Row } from './support/grid.ts';
import { realFile } from './support/realFile.ts';

// Wide enough for the column of the file.
test.use({ viewport: { width: 2000, height: 900 } });

const lineOf = (row: Row): string =>
  ['Id', 'File', 'Status', 'Iterations', 'Final cost'].map((name) => cellOf(row, name)).join(' | ');

test('three layouts, one of them in its log', async ({ app, folder }) => {
  const main = await writeDatabase(join(folder, 'main.db'), 'B-V5', twoBanks('main'));
  const unified = await writeDatabase(join(folder, 'unified.db'), 'A1', twoBanks('unified'), {
    leaveWal: true,
  });
  const runs = await writeDatabase(join(folder, 'runs.db'), 'simulation-only', {
    experiments: [],
    runs: [{ id: 'sim-alone', totalCost: 1234 }],
  });
  await app.open();
  await app.dropFiles(main, unified, `${unified}.wal`, runs);
  expect(records(await app.grid('Experiments')).map(lineOf)).toEqual([
    'main | main.db | Converged | 3 | $70.00',
    'unified | unified.db | Converged | 3 | $70.00',
  ]);
  const [run] = records(await app.grid('Simulation runs'));
  expect(['Run', 'File', 'Cost'].map((name) => cellOf(run, name))).toEqual([
    'sim-alone',
    'runs.db',
    '$12.34',
  ]);
});

// What else stands in them is asked of the screens without a browser (src/views/realValues.test.tsx).
test('all real files at once, read by the browser: each experiment and run in the lists', async ({ app }) => {
  const names = ['pairwise', 'unified', 'bootstrap', 'crashed', 'exp1-20251215', 'exp2-20251215'];
  const killed = realFile('killed.db');
  const paths = [...names.map((name) => realFile(`${name}.db`)), killed, `${killed}.wal`];
  await app.open();
  await app.pickFiles(...paths, realFile('near-deadline.db'));
  const rows = records(await app.grid('Experiments'));
  const shown = (...columns: readonly string[]) =>
    rows
      .filter((row) => columns.length < 4 || row.Status !== 'Unfinished')
      .map((row) => columns.map((column) => cellOf(row, column)).join(' | '))
      .sort();
  expect(shown('File', 'Status', 'Iterations')).toEqual([
    'bootstrap.db | At iteration limit | 14',
    'bootstrap.db | At iteration limit | 14',
    'crashed.db | Unfinished | 1',
    'crashed.db | Unfinished | 2',
    'crashed.db | Unfinished | 2',
    'crashed.db | Unfinished | 6',
    'exp1-20251215.db | Converged | 9',
    'exp2-20251215.db | Converged | 11',
    'pairwise.db | At iteration limit | 20',
    'pairwise.db | Converged | 9',
    'unified.db | At iteration limit | 20',
    'unified.db | Converged | 9',
  ]);
  expect(shown('File', 'Accepted', 'Rejected', 'Final cost')).toEqual([
    'bootstrap.db | 14 | 10 | $328.68',
    'bootstrap.db | 19 | 5 | $299.73',
    'exp1-20251215.db | 9 | 7 | $31.00',
    'exp2-20251215.db | 9 | 11 | $312.86',
    'pairwise.db | 19 | 14 | $20.00',
    'pairwise.db | 8 | 6 | $68.00',
    'unified.db | 19 | 14 | $20.00',
    'unified.db | 8 | 6 | $68.00',
  ]);
  const runs = records(await app.grid('Simulation runs'));
  expect(runs.map((run) => `${cellOf(run, 'File')} ${cellOf(run, 'Arrivals')}`).sort()).toEqual([
    'killed.db 4,520',
    'near-deadline.db 393',
  ]);
});
