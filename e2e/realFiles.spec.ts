/** The real files by every way in: the same rows as from the plain files. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { expect, test, type App } from './support/app.ts';
import { startFaultyAppHost } from './support/faultyAppHost.ts';
import { startFaultyDataHost } from './support/faultyDataHost.ts';
import { cellOf, records, type GridText, type Row } from './support/grid.ts';
import { realFile } from './support/realFile.ts';

const byText = (a: readonly string[], b: readonly string[]) => (a.join('\n') < b.join('\n') ? -1 : 1);

/** All rows of the list, in one order: files stand in the order in which they could be read. */
async function listed(app: App): Promise<readonly GridText[]> {
  const grids: GridText[] = [];
  for (const name of ['Experiments', 'Simulation runs']) {
    if (!(await app.gridLocator(name).isVisible())) continue;
    const grid = await app.grid(name);
    grids.push({ ...grid, rows: [...grid.rows].sort(byText) });
  }
  return grids;
}

async function toList(app: App): Promise<void> {
  await app.page.evaluate(() => {
    location.hash = location.hash.replace(/^#[^?]*/, '#/experiments');
  });
  await app.waitIdle();
}

// Wide enough for the column of the file.
test.use({ viewport: { width: 2000, height: 900 } });

/** Each experiment and run of these files; what else stands in them: src/views/realValues.test.tsx. */
function expectRows(grids: readonly GridText[]): void {
  const of = (place: number, files: readonly string[]): readonly Row[] =>
    records(grids[place] ?? { headers: [], rows: [] }).filter((row) =>
      files.includes(cellOf(row, 'File').replace(/\.db$/, '')),
    );
  const rows = of(0, ['pairwise', 'unified', 'bootstrap', 'crashed', 'exp1-20251215', 'exp2-20251215']);
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
  const runs = of(1, ['killed', 'near-deadline']);
  expect(runs.map((run) => `${cellOf(run, 'File')} ${cellOf(run, 'Arrivals')}`).sort()).toEqual([
    'killed.db 4,520',
    'near-deadline.db 393',
  ]);
}

test('plain, gzipped, below a folder and from a host without HEAD: the same rows', async ({
  app,
  folder,
}) => {
  test.slow();
  const data = dirname(realFile('pairwise.db'));
  const names = (await readdir(data)).filter((name) => name.endsWith('.db'));
  const plain = names.map((name) => join(data, name));
  const log = join(data, 'killed.db.wal');
  // Written by DuckDB 2 in its own storage, and refused by this name in every way.
  const refused = app.alert('newer-storage').filter({ hasText: 'duckdb-2.0.db' });

  await app.open();
  await app.pickFiles(...plain, log);
  await expect(refused).toHaveCount(1);
  await toList(app);
  const expected = await listed(app);
  expect(expected.flatMap(({ rows }) => rows).length).toBeGreaterThan(20);
  expectRows(expected);

  await test.step('gzipped, with the app below a folder', async () => {
    const packed: string[] = [];
    for (const path of [...plain, log]) {
      const target = join(folder, `${basename(path)}.gz`);
      await writeFile(target, gzipSync(await readFile(path), { level: 1 }));
      packed.push(target);
    }
    const host = await startFaultyAppHost(/^$/, 'missing');
    app.allowOrigin(host.origin);
    await app.page.goto(host.address);
    await app.waitIdle();
    await app.pickFiles(...packed);
    await expect(refused).toHaveCount(1);
    await toList(app);
    expect(await listed(app)).toEqual(expected);
    await host.close();
  });

  await test.step('a host without HEAD', async () => {
    const host = await startFaultyDataHost([...plain, log]);
    app.allowOrigin(host.origin);
    const addresses = plain.map((path) => ['db', host.address('head-forbidden', path)]);
    await app.open(`#/experiments?${new URLSearchParams(addresses).toString()}`);
    await expect(refused).toHaveCount(1);
    expect(await listed(app)).toEqual(expected);
    const whole = host.asked.filter(({ path, status }) => path.endsWith('.db') && status === 200);
    expect(whole).toEqual([]);
    await host.close();
  });
});
