import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openNativeEngine } from '../../src/engine/node/nativeEngine.ts';
import { sql } from '../../src/lib/sql.ts';
import { run } from '../run.ts';
import { conversionStatements, findDuckDbTwo } from './duckDbTwo.ts';
import { copiesIn, withReadableCopies } from './readableCopies.ts';
import { databaseFile, shareFiles } from './sharedFiles.ts';

const duckDbTwo = await findDuckDbTwo(process.env, tmpdir());
if (duckDbTwo === undefined) console.warn('no DuckDB 2 on this machine: the real conversion is not tested');

let folder: string;
let copies: string;
const said: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iterscope-test-'));
  copies = join(folder, 'copies');
  await mkdir(copies);
  said.length = 0;
});
afterEach(() => rm(folder, { recursive: true }));

function serve(path: string, machine: Record<string, string | undefined> = {}) {
  return withReadableCopies([databaseFile(path)], {
    folder: copies,
    machine,
    say: (line) => said.push(line),
  });
}

/** A program that stands in for Python: says `version`, and does `body` when it is given statements. */
async function pretendPython(version: string, body: string): Promise<string> {
  const path = join(folder, 'pretend-python');
  await writeFile(path, `#!/bin/sh\nif [ $# -eq 2 ]; then echo ${version}; exit 0; fi\n${body}\n`);
  await chmod(path, 0o755);
  return path;
}

/** Enough of a DuckDB header: magic, storage version, writer. */
async function newerFile(storageVersion: bigint): Promise<string> {
  const bytes = Buffer.alloc(12_288);
  bytes.write('DUCK', 8);
  bytes.writeBigUInt64LE(storageVersion, 12);
  bytes.write('v2.0.0', 52);
  const path = join(folder, "it's new.db");
  await writeFile(path, bytes);
  return path;
}

it('quotes the names of files', () => {
  expect(conversionStatements("it's.db", 'b.db').map((statement) => statement.text)).toEqual([
    "ATTACH 'it''s.db' AS source (READ_ONLY)",
    "ATTACH 'b.db' AS target (STORAGE_VERSION 'v1.0.0')",
    'COPY FROM DATABASE source TO target',
  ]);
});

describe('a file the browser reads', () => {
  it('is served as it is, without a word', async () => {
    const path = join(folder, 'readable.db');
    const engine = await openNativeEngine(path);
    await engine.query(sql`CREATE TABLE t AS SELECT 1 AS a`);
    await engine.close();
    expect(await serve(path)).toEqual([{ name: 'readable.db', path }]);
    expect(said).toEqual([]);
  });

  it.each([
    ['empty.db', ''],
    ['notes.txt', 'DUCK and other birds'],
  ])('so is %s, which is no database: the app says so better', async (name, content) => {
    const path = join(folder, name);
    await writeFile(path, content);
    expect(await serve(path)).toEqual([{ name, path }]);
    expect(said).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('a file in a newer storage', () => {
  it('is copied under its own name by the program that was found', async () => {
    const path = await newerFile(999n);
    const python = await pretendPython('2.0.0', `printf copied > "${join(copies, '0', "it's new.db")}"`);
    const [served] = await serve(path, { ITERSCOPE_PYTHON: python });
    expect(served?.name).toBe("it's new.db");
    expect(served?.path).toBe(join(copies, '0', "it's new.db"));
    expect(await readFile(served?.path ?? '', 'utf8')).toBe('copied');
    expect(said[0]).toContain('DuckDB 2.0.0');
    expect(said.at(-1)).toContain('The original was not touched.');
  });

  it('of a folder is sent as its copy, until the original is written to', async () => {
    const results = join(folder, 'results');
    await mkdir(results);
    const path = join(results, 'new.db');
    await writeFile(path, await readFile(await newerFile(999n)));
    const copy = join(copies, 'folder0', '0', 'new.db');
    const python = await pretendPython('2.0.0', `printf copied > "${copy}"`);
    const options = { folder: copies, machine: { ITERSCOPE_PYTHON: python }, say: () => undefined };
    const shared = await shareFiles([], [results], await copiesIn([results], options));
    const [address = ''] = shared.addresses;
    expect(shared.find(address)).toBe(copy);
    await writeFile(path, 'DUCK', { flag: 'a' });
    await shared.list(shared.folders[0] ?? '');
    expect(shared.find(address)).toBe(path);
  });

  it('is served itself when the copy fails, with the reason and the statements', async () => {
    const path = await newerFile(69n);
    const python = await pretendPython(
      '2.1.0',
      'echo "Traceback" >&2; echo "IOException: no space" >&2; exit 1',
    );
    expect(await serve(path, { ITERSCOPE_PYTHON: python })).toEqual([{ name: "it's new.db", path }]);
    expect(said).toContain('  That failed: IOException: no space');
    expect(said).toContain(`    ATTACH '${path.replaceAll("'", "''")}' AS source (READ_ONLY);`);
    await expect(stat(join(copies, '0', "it's new.db"))).rejects.toThrow('ENOENT');
  });

  it('passes over a DuckDB of version 1', async () => {
    const python = await pretendPython('1.5.6', 'exit 1');
    const found = await findDuckDbTwo({ ITERSCOPE_PYTHON: python }, copies);
    expect(found?.command).not.toBe(python);
  });
});

it.skipIf(duckDbTwo === undefined)(
  'really converts a file of DuckDB 2 (skipped where no DuckDB 2 is on the machine)',
  async () => {
    const path = join(folder, 'new.db');
    const python = duckDbTwo?.kind === 'python' ? duckDbTwo.command : undefined;
    const statements =
      'CREATE TABLE t (a BIGINT PRIMARY KEY, j JSON); INSERT INTO t SELECT range, \'{"k": 1}\' FROM range(5000)';
    const made =
      python === undefined
        ? await run('duckdb', [path, '-c', statements])
        : await run(python, [
            '-c',
            'import sys, duckdb; duckdb.connect(sys.argv[1]).execute(sys.argv[2])',
            path,
            statements,
          ]);
    expect(made.succeeded).toBe(true);
    const before = await readFile(path);
    const [served] = await serve(path, process.env);
    expect(served?.path).toBe(join(copies, '0', 'new.db'));
    expect((await readFile(path)).equals(before)).toBe(true);
    const engine = await openNativeEngine(served?.path, { readOnly: true });
    const table = await engine.query(
      sql`SELECT count(*)::INTEGER AS n, sum(a)::BIGINT AS total, min(j)::VARCHAR AS j FROM t`,
    );
    await engine.close();
    expect([table.cell(0, 0), table.cell(1, 0), table.cell(2, 0)]).toEqual([5000, 12_497_500n, '{"k": 1}']);
  },
);
