import { statSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { bootBlockingEngine } from '../engine/wasm/blockingEngine.ts';
import { sql } from '../lib/sql.ts';
import type { FixtureLayout } from '../testing/fixtures/layouts.ts';
import { writeFixture, type FixtureOptions } from '../testing/fixtures/writeFixture.ts';
import { attachFixture } from '../testing/openFixture.ts';
import { detectLayouts } from './detect.ts';
import type { DetectedFile } from './refuseTables.ts';
import type { Tables } from './tables.ts';

const engine = await bootBlockingEngine();
let attachedCount = 0;

async function tablesOf(layout: FixtureLayout, options?: FixtureOptions): Promise<Tables> {
  attachedCount += 1;
  const file = await writeFixture(layout, { evaluations: [] }, options);
  return (await attachFixture(engine, file, `d${attachedCount}`)).tables;
}

const file: DetectedFile = { name: 'results.db', sizeBytes: 5_000_000, hasWal: false };

async function detect(layout: FixtureLayout, options?: FixtureOptions) {
  return detectLayouts(await tablesOf(layout, options), file);
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
    expect(await detect(layout)).toEqual({ ok: true, value: { dialects, neighbours: [] } });
  });
});

describe('several layouts in one file (domain.md 11.6)', () => {
  test.for([
    ['B-V2', 'simulation-only', ['B-V2', 'simulation-only']],
    ['B-V4', 'standalone-A', ['B-V4', 'simulation-only']],
    ['A2', 'simulation-only', ['A2', 'simulation-only']],
  ] as const)('%s and %s', async ([layout, further, dialects]) => {
    expect(await detect(layout, { also: [[further]] })).toEqual({
      ok: true,
      value: { dialects, neighbours: [] },
    });
  });

  test('a game played in a file of schema A leaves it readable', async () => {
    expect(await detect('A1', { also: [['game']] })).toEqual({
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
        what: 'results.db holds no experiment.',
        why: 'It is a DuckDB file with other tables: penguins, simulations.',
      },
    });
    expect(!detected.ok && detected.error.wayOut).toContain('experiment_id or run_id');
  });

  test('a long list of unknown tables is cut', () => {
    const tables = new Map(Array.from({ length: 40 }, (_, i) => [`t${i}`, new Map([['x', 'INTEGER']])]));
    const detected = detectLayouts(tables, file);
    expect(!detected.ok && detected.error.why).toMatch(/t0, .*t11 and 28 more\.$/);
  });
});

describe('no tables at all (domain.md 11.3)', () => {
  const none: Tables = new Map();
  const codeOf = (facts: DetectedFile) => {
    const detected = detectLayouts(none, facts);
    return detected.ok ? undefined : detected.error.code;
  };

  test('a tiny file without its WAL: wal-missing; every other one: no-known-tables', () => {
    const name = 'killed.db';
    expect(codeOf({ name, sizeBytes: 12_288, hasWal: false })).toBe('wal-missing');
    expect(codeOf({ name, sizeBytes: 12_288, hasWal: true })).toBe('no-known-tables');
    expect(codeOf({ name, sizeBytes: 5_000_000, hasWal: false })).toBe('no-known-tables');
    expect(codeOf({ name, hasWal: false })).toBe('no-known-tables');
  });

  test('an empty database is tiny', async () => {
    const path = await writeFixture('empty');
    const { tables } = await attachFixture(engine, path, 'nothing');
    expect(tables.size).toBe(0);
    const detected = detectLayouts(tables, { name: 'x.db', sizeBytes: statSync(path).size, hasWal: false });
    expect(!detected.ok && detected.error.code).toBe('wal-missing');
  });
});
