import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { openNativeEngine } from '../../src/engine/node/nativeEngine.ts';
import { sql, trusted } from '../../src/lib/sql.ts';
import { createDatabaseManager } from '../../src/persistence/unifiedDatabase.ts';
import { schemaSql } from '../../src/schema/ddl.ts';
import { tables } from '../../src/schema/tables.ts';
import { schemaVersion } from '../../src/schema/version.ts';
import { writeFixture } from '../../src/testing/fixtures/writeFixture.ts';
import { testRealFiles } from '../../src/testing/realFile.ts';
import { testTime } from '../../src/testing/unifiedRecords.ts';
import { checkFile } from './check.ts';
import { createFile, describeFile, migrateFile, validateFile } from './manage.ts';

const folder = mkdtempSync(join(tmpdir(), 'iterscope-db-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);

test('a database that is made validates, is told about, and has nothing to check', async () => {
  const path = at('made.db');
  expect(await createFile(path)).toMatchObject({ outcome: 'fine' });
  expect(await validateFile(path)).toEqual({
    outcome: 'fine',
    lines: ['made.db is of the unified schema, version 6.'],
  });
  expect((await describeFile(path)).lines).toContain('  experiments   0');
  const checked = await checkFile(path);
  expect(checked.ok && checked.value.words).toBe('Nothing to check');
});

test('one that is there already is left as it is', async () => {
  const path = at('there.db');
  await createFile(path);
  const before = readFileSync(path);
  expect(await createFile(path)).toMatchObject({ outcome: 'refused' });
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('the printed statements make what the models say, with the version recorded', async () => {
  const engine = await openNativeEngine();
  await engine.query(trusted(schemaSql(tables, schemaVersion)));
  const manager = createDatabaseManager(engine, () => testTime);
  expect(await manager.validate()).toEqual([]);
  expect(await manager.version()).toBe(schemaVersion);
  await engine.close();
});

test('a file of another layout is not migrated, and is what it was, byte for byte', async () => {
  const path = await writeFixture('B-V5', { iterations: [{ iteration: 0, costs: { A: 5000 } }] });
  const before = readFileSync(path);
  expect(await validateFile(path)).toMatchObject({ outcome: 'violations' });
  expect(await migrateFile(path)).toMatchObject({ outcome: 'violations' });
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(existsSync(`${path}.before-migration`)).toBe(false);
});

test('a copy that a migration before left is not written over', async () => {
  const path = at('open.db');
  await createFile(path);
  const writer = await openNativeEngine(path);
  await writer.query(sql`DROP TABLE policy_evaluations`);
  await writer.close();
  const before = readFileSync(path);
  const copy = `${path}.before-migration`;
  copyFileSync(path, copy);
  expect(await migrateFile(path)).toMatchObject({ outcome: 'refused' });
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('a file with tables of strangers alone is refused by its code', async () => {
  const path = at('stranger.db');
  const engine = await openNativeEngine(path);
  await engine.query(sql`CREATE TABLE weather (day INTEGER)`);
  await engine.close();
  for (const tell of [describeFile, validateFile, migrateFile]) {
    const { outcome, lines } = await tell(path);
    expect([outcome, lines[0]?.split(':')[0]]).toEqual(['refused', 'no-known-tables']);
  }
  const checked = await checkFile(path);
  expect(!checked.ok && checked.error.code).toBe('no-known-tables');
});

testRealFiles(
  ['unified.db'],
  'is migrated to version 6, validates then, and leaves no copy',
  async (file) => {
    const path = at('unified.db');
    copyFileSync(file, path);
    expect(await validateFile(path)).toMatchObject({ outcome: 'violations' });
    const { outcome, lines } = await migrateFile(path);
    expect([outcome, lines[0]]).toEqual([
      'fine',
      'unified.db was brought to version 6 (steps 5, 6) and validated.',
    ]);
    expect(existsSync(`${path}.before-migration`)).toBe(false);
    expect(await validateFile(path)).toMatchObject({ outcome: 'fine' });
    expect((await describeFile(path)).lines).toContain('  experiments   2');
  },
);

testRealFiles(['replay.db'], 'the total that leaves splitting out is a known gap', async (file) => {
  const checked = await checkFile(file);
  expect(checked.ok && checked.value.sections[0]).toMatchObject({
    outcome: 'ok',
    words: '2 of 3 consistent',
  });
});
