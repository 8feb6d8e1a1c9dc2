import { statSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { bootBlockingEngine } from '../engine/wasm/blockingEngine.ts';
import { ident, sql, type Sql } from '../lib/sql.ts';
import type { FixtureLayout } from '../testing/fixtures/layouts.ts';
import { writeFixture, type FixtureOptions } from '../testing/fixtures/writeFixture.ts';
import { introspectFixture } from '../testing/openFixture.ts';
import { detectLayouts } from './detect.ts';
import type { DetectedFile } from './detect.ts';
import type { SchemaTables } from './tables.ts';

const engine = await bootBlockingEngine();
let attachedCount = 0;

async function schemasOf(layout: FixtureLayout, options?: FixtureOptions): Promise<readonly SchemaTables[]> {
  attachedCount += 1;
  const file = await writeFixture(layout, { evaluations: [] }, options);
  return (await introspectFixture(engine, file, `d${attachedCount}`)).schemas;
}

const file: DetectedFile = { name: 'results.db', sizeBytes: 5_000_000, hasWal: false };

async function detect(layout: FixtureLayout, options?: FixtureOptions) {
  return detectLayouts(await schemasOf(layout, options), file);
}

describe('layouts that open, by columns (domain.md 11.6)', () => {
  test.for([
    ['A1', ['A1']],
    ['A2', ['A2']],
    ['B-V2', ['B-V2']],
    ['B-V3', ['B-V3']],
    ['B-V4', ['B-V4']],
    ['B-V5', ['B-V5']],
    ['simulation-only', ['simulation-only']],
    ['standalone-A', ['simulation-only']],
  ] as const)('%s', async ([layout, dialects]) => {
    expect(await detect(layout)).toMatchObject({
      ok: true,
      value: { dialects, neighbours: [], candidates: ['main'] },
    });
  });
});

describe('several layouts in one file (domain.md 11.6)', () => {
  test.for([
    ['B-V2', 'simulation-only', ['B-V2', 'simulation-only']],
    ['B-V4', 'standalone-A', ['B-V4', 'simulation-only']],
    ['A2', 'simulation-only', ['A2', 'simulation-only']],
  ] as const)('%s and %s', async ([layout, further, dialects]) => {
    expect(await detect(layout, { also: [[further]] })).toMatchObject({
      ok: true,
      value: { dialects, neighbours: [] },
    });
  });

  test('a game played in a file of schema A leaves it readable', async () => {
    expect(await detect('A1', { also: [['game']] })).toMatchObject({
      ok: true,
      value: { dialects: ['A1'], neighbours: ['game'] },
    });
  });

  test('V5 with the command line’s simulation_runs has runs of its own', async () => {
    const statements = [sql`CREATE TABLE simulation_runs (simulation_id VARCHAR, total_transactions BIGINT)`];
    expect(await detect('B-V5', { statements })).toMatchObject({
      value: { dialects: ['B-V5', 'simulation-only'] },
    });
  });
});

describe('layouts that are recognised and refused (domain.md 3.8)', () => {
  test.for([
    ['V0', /V0 castro .*table experiment_config/],
    ['V1', /V1 castro events .*table experiment_runs/],
    ['game', /a game file \(table game_sessions\)/],
    ['web-game', /a web game file \(tables days and optimization_prompts\)/],
  ] as const)('%s is named, though its tables share names with ours', async ([layout, what]) => {
    const detected = await detect(layout);
    expect(detected).toMatchObject({ ok: false, error: { code: 'no-known-tables', subject: 'results.db' } });
    expect(!detected.ok && detected.error.what).toMatch(what);
  });

  test('two neighbours in one file are both named', async () => {
    const detected = await detect('game', { also: [['web-game']] });
    expect(!detected.ok && detected.error.what).toMatch(
      /^results\.db is a web game file .*, and a game file /,
    );
  });

  test('unknown tables are listed, and the way out says what opens', async () => {
    const detected = await detect('foreign');
    expect(detected).toMatchObject({
      ok: false,
      error: {
        code: 'no-known-tables',
        what: 'results.db lacks what makes an experiment or a run readable.',
        why: 'simulations lacks the column simulation_id. Its tables: penguins, simulations.',
      },
    });
    expect(!detected.ok && detected.error.wayOut).toContain('experiment_id or run_id');
  });

  test('a long list of unknown tables is cut', () => {
    const tables = new Map(Array.from({ length: 40 }, (_, i) => [`t${i}`, new Map([['x', 'INTEGER']])]));
    const detected = detectLayouts([{ schema: 'main', tables, views: new Set(), empty: new Set() }], file);
    expect(!detected.ok && detected.error.why).toMatch(/t0, .*t11 and 28 more\.$/);
  });
});

describe('names as DuckDB compares them, and schemas', () => {
  const parts = ['experiments', 'experiment_iterations', 'experiment_events'];

  test('capitals in names of tables and columns are no other names', async () => {
    const statements = parts.flatMap((table) => [
      sql`CREATE TABLE ${ident(`x_${table}`)} AS FROM ${ident(table)}`,
      sql`DROP TABLE ${ident(table)}`,
      sql`ALTER TABLE ${ident(`x_${table}`)} RENAME COLUMN run_id TO "RUN_ID"`,
      sql`ALTER TABLE ${ident(`x_${table}`)} RENAME TO ${ident(table.toUpperCase())}`,
    ]);
    expect(await detect('B-V2', { statements })).toMatchObject({ value: { dialects: ['B-V2'] } });
  });

  test('views of the names wanted are read', async () => {
    const statements = parts.flatMap((table) => [
      sql`CREATE TABLE ${ident(`old_${table}`)} AS FROM ${ident(table)}`,
      sql`DROP TABLE ${ident(table)}`,
      sql`CREATE VIEW ${ident(table)} AS FROM ${ident(`old_${table}`)}`,
    ]);
    const detected = await detect('B-V2', { statements });
    expect(detected).toMatchObject({ value: { dialects: ['B-V2'] } });
    expect(detected.ok && [...detected.value.chosen.views].sort()).toEqual([...parts].sort());
  });

  const inSchema = (schema: string, from = 'main') => [
    sql`CREATE SCHEMA ${ident(schema)}`,
    ...parts.map(
      (table) => sql`CREATE TABLE ${ident(schema)}.${ident(table)} AS FROM ${ident(from)}.${ident(table)}`,
    ),
  ];
  const dropped = parts.map((table) => sql`DROP TABLE main.${ident(table)}`);

  test('tables in another schema are found there', async () => {
    const statements = [...inSchema('results'), ...dropped];
    expect(await detect('B-V2', { statements })).toMatchObject({
      value: { dialects: ['B-V2'], chosen: { schema: 'results' }, candidates: ['results'] },
    });
  });

  test('of two schemas both are named, and the one with rows is read', async () => {
    const filled = { experiments: [{ id: 'a' }] };
    const path = await writeFixture('B-V2', filled, { statements: inSchema('backup') });
    const both = detectLayouts((await introspectFixture(engine, path, 'both')).schemas, file);
    expect(both).toMatchObject({ value: { chosen: { schema: 'main' }, candidates: ['main', 'backup'] } });
    const emptied = [...inSchema('backup'), ...parts.map((table) => sql`DELETE FROM main.${ident(table)}`)];
    const second = await writeFixture('B-V2', filled, { statements: [...emptied, sql`CHECKPOINT`] });
    const rest = detectLayouts((await introspectFixture(engine, second, 'rest')).schemas, file);
    expect(rest).toMatchObject({ value: { chosen: { schema: 'backup' }, candidates: ['main', 'backup'] } });
  });
});

describe('what cannot be read is told by what is missing', () => {
  const reasonOf = async (layout: FixtureLayout, ...statements: readonly Sql[]) => {
    const detected = await detect(layout, { statements });
    return detected.ok ? 'opens' : detected.error.why;
  };

  test('the column that would be the key', async () => {
    expect(await reasonOf('empty', sql`CREATE TABLE experiments (id INTEGER)`)).toBe(
      'experiments lacks the column experiment_id or run_id. Its tables: experiments.',
    );
  });

  test('the table that the others belong to, in its schema', async () => {
    expect(await reasonOf('B-V2', sql`DROP TABLE experiments`)).toBe(
      'the table experiments, to which experiment_events belongs, is missing. Its tables: experiment_events, experiment_iterations.',
    );
    expect(
      await reasonOf(
        'empty',
        sql`CREATE SCHEMA runs`,
        sql`CREATE TABLE runs.simulation_events (simulation_id VARCHAR)`,
      ),
    ).toMatch(/^the table runs\.simulation_runs or simulations, to which simulation_events/);
  });

  test('nothing, where all tables are foreign: they are listed', async () => {
    expect(await reasonOf('empty', sql`CREATE TABLE penguins (species VARCHAR)`)).toBe(
      'It is a DuckDB file with other tables: penguins.',
    );
  });
});

describe('no tables at all (domain.md 11.3)', () => {
  const refusalOf = (facts: DetectedFile) => {
    const detected = detectLayouts([], facts);
    return detected.ok ? undefined : detected.error;
  };

  test('without a log it is missing, however large the file is; with one there is nothing', () => {
    const name = 'killed.db';
    expect(refusalOf({ name, sizeBytes: 12_288, hasWal: false })).toMatchObject({ code: 'wal-missing' });
    expect(refusalOf({ name, hasWal: false })).toMatchObject({ code: 'wal-missing' });
    expect(refusalOf({ name, sizeBytes: 12_288, hasWal: true })).toMatchObject({ code: 'no-known-tables' });
    const bulk = refusalOf({ name, sizeBytes: 13_012_288, hasWal: false });
    expect(bulk).toMatchObject({ code: 'wal-missing' });
    expect(bulk?.why).toMatch(/^It has 13\.0 MB of blocks that no table names/);
  });

  test('an empty database', async () => {
    const path = await writeFixture('empty');
    const { schemas } = await introspectFixture(engine, path, 'nothing');
    expect(schemas).toEqual([]);
    const detected = detectLayouts(schemas, { name: 'x.db', sizeBytes: statSync(path).size, hasWal: false });
    expect(!detected.ok && detected.error.code).toBe('wal-missing');
  });
});
