/** What cannot be opened says what happened, why, and what to do; what was open stays open. */
import { mkdtemp, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { expect, inject, test } from 'vitest';

import { cut, headerAt, littleEndian64, patch } from '../../e2e/fixtures/spoil.ts';
import { twoBanks } from '../../e2e/fixtures/twoBanks.ts';
import { writeDatabase } from '../../e2e/fixtures/writeDatabase.ts';
import { records } from '../testing/gridText.ts';
import { testRealFiles } from '../testing/realFile.ts';
import { renderApp, type RenderedApp } from '../testing/renderApp.ts';

/** A file with its code, and words that its alert must hold besides the name. */
type Case = readonly [path: string, code: string, ...words: readonly RegExp[]];

const ownFolder = (): Promise<string> => mkdtemp(join(inject('fixtureFolder'), 'refused-'));

/** Each case has one alert of its own, with at least three sentences. */
function expectRefused(app: RenderedApp, cases: readonly Case[]): void {
  for (const [path, code, ...words] of cases) {
    const name = basename(path);
    // The exact name: `a.db` is also in the words about `a.db.wal`.
    const alerts = app.alerts(code).filter((text) => text.startsWith(`${name} `));
    expect.soft(alerts, `${name}: ${code}`).toHaveLength(1);
    for (const word of words) expect.soft(alerts[0]).toMatch(word);
    expect.soft(alerts[0]?.match(/[.!?](\s|$)/g)?.length, `sentences of ${name}`).toBeGreaterThanOrEqual(3);
  }
  expect(app.alerts()).toHaveLength(cases.length);
}

/** The good file is still listed, and still answers a question that was not asked before. */
async function expectStillOpen(app: RenderedApp, id: string): Promise<void> {
  expect(records(app.grid('Experiments')).map((row) => row.Id)).toEqual([id]);
  await app.open(`#/experiments/${id}/iterations/1`);
  expect(records(app.grid('Proposals')).map((row) => row['New cost'])).toEqual(['$90.00', '$30.00']);
}

test('files that their first bytes give away', async () => {
  const folder = await ownFolder();
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
  const app = await renderApp();
  await app.pickFiles(good);
  await app.pickFiles(...cases.map(([path]) => path));
  expectRefused(app, cases);
  await expectStillOpen(app, 'good');

  const sqlite = document.querySelector<HTMLElement>('[role=alert][data-code="sqlite-file"]');
  if (sqlite === null) throw new Error('no alert');
  await app.click(app.within(sqlite).getByRole('button', { name: 'Dismiss' }));
  expect(app.alerts('sqlite-file')).toEqual([]);
});

test('files of other makers, recognised by their tables', async () => {
  const folder = await ownFolder();
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
  const app = await renderApp();
  await app.pickFiles(good, ...cases.map(([path]) => path));
  expectRefused(app, cases);
  await expectStillOpen(app, 'good');
});

testRealFiles(['duckdb-2.0.db'], 'a file of DuckDB 2.0 comes with its way out', async (...paths) => {
  const app = await renderApp();
  await app.pickFiles(...paths);
  expect(app.alert('newer-storage')).toContain('duckdb-2.0.db was written by DuckDB 2.0.0');
  expect(app.alert('newer-storage')).toContain('storage version 999');
  const group = (name: string | RegExp) => app.text(app.screen.getByRole('group', { name }));
  const statements = [
    `ATTACH 'duckdb-2.0.db' AS source (READ_ONLY);`,
    `ATTACH 'duckdb-2.0.readable.db' AS target (STORAGE_VERSION 'v1.0.0');`,
    'COPY FROM DATABASE source TO target;',
  ];
  for (const label of ['Python', 'Command line']) {
    for (const statement of statements) expect(group(label)).toContain(statement);
    expect(app.button(`Copy ${label}`).tagName).toBe('BUTTON');
  }
  expect(group(/^Next time/)).toBe(
    `duckdb.connect(path, config={'storage_compatibility_version': 'v1.0.0'})`,
  );
  expect(app.screen.getByRole('heading', { name: /^See what every policy cost/ }).tagName).toMatch(/^H\d$/);
});

test('refusals of earlier attempts fold into one line; the newest stands open', async () => {
  const folder = await ownFolder();
  const app = await renderApp();
  for (const name of ['one.db', 'two.db', 'three.db']) {
    await writeFile(join(folder, name), '');
    await app.pickFiles(join(folder, name));
  }
  expect(app.alerts()).toEqual([expect.stringContaining('three.db is empty')]);
  await app.click(app.screen.getByText('2 earlier messages: one.db, two.db'));
  expect(app.alerts()).toHaveLength(3);
  await app.click(app.button('Dismiss all'));
  expect(app.alerts()).toEqual([expect.stringContaining('three.db is empty')]);
});

/** Addresses of the app that lead nowhere, while `good` is open. */
async function expectNowhere(app: RenderedApp): Promise<void> {
  const places = [
    ['#/experiments/nobody', 'No open file holds the experiment nobody'],
    ['#/experiments/good/iterations/7', 'exp1 has no iteration 7'],
    ['#/experiments/good/iterations/first', 'exp1 has no iteration first'],
    ['#/runs/nobody-sim-001', 'No open file holds the run nobody-sim-001'],
    ['#/nowhere', 'Page not found'],
  ] as const;
  for (const [hash, words] of places) {
    await app.open(hash);
    expect(app.alert('not-found')).toContain(words);
    expect(app.alerts()).toHaveLength(1);
  }
}

test('addresses that lead nowhere, or cannot be read for a bad percent sign, are named, and the rest stands', async () => {
  const folder = await ownFolder();
  const good = await writeDatabase(join(folder, 'good.db'), 'B-V5', twoBanks('good'));
  const unreadable = '#/experiments/%E0%A4%A?x=%';
  const app = await renderApp(unreadable);
  // Before any file is open, too.
  expect(app.alert('not-found')).toContain('This address cannot be read');
  await app.pickFiles(good);
  await expectNowhere(app);
  for (const hash of [unreadable, '#/runs/%?in=good.db', '#/%', '#/experiments/good/iterations/%A']) {
    await app.open(hash);
    expect(app.alert('not-found'), hash).toContain('This address cannot be read');
    expect(app.alert('not-found'), hash).toContain(`“${hash.slice(1).split('?')[0]}”`);
    expect(app.alerts(), hash).toHaveLength(1);
    expect(app.hash).toBe(hash);
    await app.click(app.button(/^Share/));
    expect(app.screen.getByRole('dialog').textContent, hash).toContain('Share this view');
    await app.press('{Escape}');
  }
  await app.click(app.screen.getByRole('link', { name: 'All experiments' }));
  await expectStillOpen(app, 'good');
});
