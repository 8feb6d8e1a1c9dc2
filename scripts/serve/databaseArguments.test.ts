import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { readDatabaseArguments, readFileArgument } from './databaseArguments.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iterscope-test-'));
  await mkdir(join(folder, 'results'));
  for (const name of ['a.db', 'b.db', 'b.db.wal', 'locked.db']) {
    await writeFile(join(folder, 'results', name), '');
  }
  await chmod(join(folder, 'results', 'locked.db'), 0);
});
afterAll(() => rm(folder, { recursive: true }));

it('finds files from the folder the command was typed in, each once', async () => {
  const found = await readDatabaseArguments(
    ['results/a.db', 'results/b.db', 'results/b.db.wal', './results/a.db'],
    folder,
  );
  expect(found).toEqual({
    ok: true,
    value: {
      files: [
        { name: 'a.db', path: join(folder, 'results', 'a.db') },
        { name: 'b.db', path: join(folder, 'results', 'b.db') },
      ],
      folders: [],
    },
  });
});

it('takes a write-ahead log for its database', async () => {
  const found = await readDatabaseArguments(['results/b.db.wal'], folder);
  const files = [{ name: 'b.db', path: join(folder, 'results', 'b.db') }];
  expect(found).toEqual({ ok: true, value: { files, folders: [] } });
});

it('takes folders beside files, and says so where only a file will do', async () => {
  const found = await readDatabaseArguments(['results/', 'results/a.db'], folder);
  expect(found).toMatchObject({ ok: true, value: { files: [{ name: 'a.db' }] } });
  expect(found.ok && found.value.folders).toEqual([join(folder, 'results')]);
  expect(await readFileArgument('results', folder)).toEqual({
    ok: false,
    error: [`${folder}/results is a folder. Name the files in it: ${folder}/results/*.db`],
  });
  expect(await readFileArgument('results/a.db', folder)).toEqual({
    ok: true,
    value: join(folder, 'results', 'a.db'),
  });
});

it('names every problem', async () => {
  const found = await readDatabaseArguments(['results/*.duckdb', 'results/a.db/x'], folder);
  expect(found).toEqual({
    ok: false,
    error: [`${folder}/results/*.duckdb does not exist.`, `${folder}/results/a.db/x does not exist.`],
  });
});

it.skipIf(process.getuid?.() === 0)('says that permission is missing (skipped for root)', async () => {
  const found = await readDatabaseArguments(['results/locked.db'], folder);
  expect(found).toEqual({
    ok: false,
    error: [`${folder}/results/locked.db may not be read: you have no permission.`],
  });
});
