/** Everything that cannot be opened says what happened, why, and what to do; what was open stays open. */
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { cut, headerAt, littleEndian64, patch } from './fixtures/spoil.ts';
import { twoBanks } from './fixtures/twoBanks.ts';
import { writeDatabase } from './fixtures/writeDatabase.ts';
import { expect, test, type App } from './support/app.ts';
import { records } from './support/grid.ts';
import { startRangeServer } from './support/rangeServer.ts';
import { realFile } from './support/realFile.ts';

/** A file with its code, and words that its alert must hold besides the name. */
type Case = readonly [path: string, code: string, ...words: readonly RegExp[]];

const fileName = (path: string): string => path.replace(/^.*\//, '');

/** Each case has one alert of its own, with at least three sentences. */
async function expectRefused(app: App, cases: readonly Case[]): Promise<void> {
  for (const [path, code, ...words] of cases) {
    const name = fileName(path);
    // The exact name: `a.db` is also in the words about `a.db.wal`.
    const alert = app.alert(code).filter({ hasText: new RegExp(`^${name.replaceAll('.', '\\.')} `) });
    await test.step(`${name}: ${code}`, async () => {
      await expect.soft(alert).toHaveCount(1);
      for (const word of words) await expect.soft(alert).toContainText(word);
      const sentences = (await alert.innerText()).match(/[.!?](\s|$)/g) ?? [];
      expect.soft(sentences.length, 'sentences').toBeGreaterThanOrEqual(3);
    });
  }
  expect(await app.page.getByRole('alert').count()).toBe(cases.length);
}

/** The good file is still listed, and still answers a question that was not asked before. */
async function expectStillOpen(app: App, id: string): Promise<void> {
  const rows = records(await app.grid('Experiments'));
  expect(rows.map((row) => row.Id)).toEqual([id]);
  await app.open(`#/experiments/${id}/iterations/1`);
  const proposals = records(await app.grid('Proposals'));
  expect(proposals.map((row) => row['New cost'])).toEqual(['$90.00', '$30.00']);
}

test('files that their first bytes give away', async ({ app, folder }) => {
  const good = await writeDatabase(join(folder, 'good.db'), 'B-V5', twoBanks('good'));
  const { size } = await stat(good);
  const write = async (name: string, content: string): Promise<string> => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  const version = (value: bigint, name: string): Promise<string> =>
    patch(good, join(folder, name), headerAt.storageVersion, littleEndian64(value));
  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 31731712\n';
  const cases: readonly Case[] = [
    [await write('empty.db', ''), 'empty-file', /0 bytes/, /Copy the file again/],
    [await write('table.csv', 'run,seed\n1,42\n'), 'not-duckdb', /begins with “run,seed/],
    [await write('pointer.db', pointer), 'lfs-pointer', /git lfs pull --include="\*pointer\.db"/],
    [await write('notes.db', `SQLite format 3\0${'\0'.repeat(4080)}`), 'sqlite-file', /SQLite/],
    [await write('rows.parquet', `PAR1${'\0'.repeat(400)}PAR1`), 'parquet-file', /one table/],
    [await cut(good, join(folder, 'head.db'), 9000), 'truncated', /9\.0 kB of the 12\.3 kB/],
    [await cut(good, join(folder, 'half.db'), Math.floor(size / 2)), 'truncated', /interrupted copy/],
    [await version(999n, 'future.db'), 'newer-storage', /DuckDB 1\.5\.6/, /storage version 999/],
    [await version(63n, 'past.db'), 'older-storage', /storage version 63/, /EXPORT DATABASE/],
    [
      await patch(good, join(folder, 'secret.db'), headerAt.flags, littleEndian64(1n)),
      'encrypted',
      /never asks for keys/,
      /ATTACH 'secret\.db' AS source \(ENCRYPTION_KEY/,
    ],
    [await write('lonely.db.wal', 'log'), 'not-duckdb', /the log of a database/, /Open lonely\.db and/],
  ];
  await app.open();
  await app.pickFiles(good);
  await app.dropFiles(...cases.map(([path]) => path));
  await expectRefused(app, cases);
  await expectStillOpen(app, 'good');

  await app.alert('sqlite-file').getByRole('button', { name: 'Dismiss' }).click();
  await expect(app.alert('sqlite-file')).toHaveCount(0);
});

test('files of other makers, recognised by their tables', async ({ app, folder }) => {
  const good = await writeDatabase(join(folder, 'good.db'), 'B-V5', twoBanks('good'));
  const layout = (name: string, kind: Parameters<typeof writeDatabase>[1]): Promise<string> =>
    writeDatabase(join(folder, name), kind);
  const cases: readonly Case[] = [
    [await layout('penguins.db', 'foreign'), 'no-known-tables', /penguins, simulations/, /experiments/],
    [await layout('castro.db', 'V0'), 'no-known-tables', /a V0 castro file/],
    [await layout('events.db', 'V1'), 'no-known-tables', /a V1 castro events file/],
    [await layout('play.db', 'game'), 'no-known-tables', /a game file/],
    [await layout('web.db', 'web-game'), 'no-known-tables', /a web game file/],
    [await layout('bare.db', 'empty'), 'wal-missing', /bare\.db\.wal/, /open both together/],
  ];
  await app.open();
  await app.pickFiles(good, ...cases.map(([path]) => path));
  await expectRefused(app, cases);
  await expectStillOpen(app, 'good');
});

test('a damaged file is given up with an alert, and takes nothing with it', async ({ app, folder }) => {
  const good = await writeDatabase(join(folder, 'good.db'), 'B-V5', twoBanks('good'));
  const { size } = await stat(good);
  const noise = (bytes: number): Uint8Array => new Uint8Array(bytes).fill(0xa5);
  const headBytes = 12_288;
  const everywhere = await patch(good, join(folder, 'noise.db'), headBytes, noise(size - headBytes));
  const lastThird = Math.floor(size / 3);
  const behind = await patch(good, join(folder, 'worn.db'), size - lastThird, noise(lastThird));
  await app.open();
  await app.pickFiles(good);
  for (const path of [everywhere, behind]) {
    await app.dropFiles(path);
    const alert = app.page.getByRole('alert').filter({ hasText: fileName(path) });
    await expect(alert).toHaveAttribute('data-code', /^(truncated|engine-crashed)$/);
    await expect(alert).toContainText('copy it again');
  }
  await expectStillOpen(app, 'good');
});

test('a file of DuckDB 2.0 comes with its way out', async ({ app }) => {
  const path = realFile('duckdb-2.0.db');
  await app.open();
  await app.dropFiles(path);
  const alert = app.alert('newer-storage');
  await expect(alert).toContainText('duckdb-2.0.db was written by DuckDB 2.0.0');
  await expect(alert).toContainText('storage version 999');
  const statements = [
    `ATTACH 'duckdb-2.0.db' AS source (READ_ONLY);`,
    `ATTACH 'duckdb-2.0.readable.db' AS target (STORAGE_VERSION 'v1.0.0');`,
    'COPY FROM DATABASE source TO target;',
  ];
  for (const label of ['Python', 'Command line']) {
    const block = alert.getByRole('group', { name: label });
    for (const statement of statements) await expect(block).toContainText(statement);
    await expect(alert.getByRole('button', { name: `Copy ${label}` })).toBeVisible();
  }
  await expect(alert.getByRole('group', { name: 'Next time' })).toHaveText(
    `duckdb.connect(path, config={'storage_compatibility_version': 'v1.0.0'})`,
  );
  await expect(app.page.getByRole('heading', { name: 'Open an experiment database' })).toBeVisible();
});

test('addresses that cannot be read', async ({ app, folder }) => {
  const good = await writeDatabase(join(folder, 'good.db'), 'B-V5', twoBanks('good'));
  const missing = await startRangeServer({ files: [good], cors: true, status: 404 });
  const closed = await startRangeServer({ files: [good], cors: false });
  const dead = await startRangeServer({ files: [], cors: true });
  await dead.close();
  const addresses = [missing, closed, dead].map((server) => {
    app.allowOrigin(server.origin);
    return server.address(good);
  });
  const links = [...addresses, 'ftp://example.org/good.db'];
  await app.open(`#/experiments?${new URLSearchParams(links.map((link) => ['db', link]))}`);

  const told = (code: string, link: string | undefined) => app.alert(code).filter({ hasText: link ?? '' });
  await expect(told('fetch-failed', links[0])).toContainText('answered 404: there is no such file');
  await expect(told('no-cors', links[1])).toContainText('does not allow other sites to read it');
  await expect(told('fetch-failed', links[2])).toContainText('No answer came from that address');
  await expect(told('fetch-failed', links[3])).toContainText('not an http or https address');
  await expect(app.page.getByRole('alert')).toHaveCount(4);

  await app.dropFiles(good);
  await app.open('#/experiments');
  await expectStillOpen(app, 'good');
  await Promise.all([missing.close(), closed.close()]);
});

test('addresses of the app that lead nowhere', async ({ app, folder }) => {
  const good = await writeDatabase(join(folder, 'good.db'), 'B-V5', twoBanks('good'));
  await app.open();
  await app.pickFiles(good);
  const places = [
    ['#/experiments/nobody', 'No open file holds the experiment nobody'],
    ['#/experiments/good/iterations/7', 'exp1 has no iteration 7'],
    ['#/experiments/good/iterations/first', 'exp1 has no iteration first'],
    ['#/runs/nobody-sim-001', 'No open file holds the run nobody-sim-001'],
    ['#/nowhere', 'This address leads to no screen'],
  ] as const;
  for (const [hash, words] of places) {
    await app.open(hash);
    await expect(app.alert('not-found')).toContainText(words);
    await expect(app.page.getByRole('alert')).toHaveCount(1);
  }
  await app.open('#/experiments');
  await expectStillOpen(app, 'good');
});
