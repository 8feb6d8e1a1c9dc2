/** Files of different writers are open at once, each read in its own way. */
import { join } from 'node:path';

import { twoBanks } from './fixtures/twoBanks.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test } from './support/app.ts';
import { cellOf, records, type Row } from './support/grid.ts';

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
