import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openNativeEngine } from '../engine/node/nativeEngine.ts';
import { int, queryRows } from '../engine/rows.ts';
import { bootBlockingEngine } from '../engine/wasm/blockingEngine.ts';
import { sql } from '../lib/sql.ts';
import { experimentId } from '../lib/ids.ts';
import { evaluationRow, iterationRow, newExperiment, simulationRecord } from '../testing/unifiedRecords.ts';
import { policyEvaluations } from '../schema/models/experiments.ts';
import { StorageVersionError, openUnifiedDatabase } from './unifiedDatabase.ts';
import { readRecords } from './records.ts';
const folder = mkdtempSync(path.join(tmpdir(), 'iterscope-storage-'));
const file = path.join(folder, 'written.db');
const id = experimentId('exp1');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A Python that imports duckdb: the one named, else `python3`; undefined where there is none. */
function findPython(): string | undefined {
  const candidates = [process.env.ITERSCOPE_PYTHON, 'python3'].filter((name) => name !== undefined);
  return candidates.find((name) => {
    try {
      execFileSync(name, ['-c', 'import duckdb'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
}

beforeAll(async () => {
  const engine = await openNativeEngine(file);
  const { experiments } = await openUnifiedDatabase(engine);
  await experiments.create(newExperiment(id));
  await experiments.saveIteration({
    iteration: iterationRow(id, 0),
    runs: [simulationRecord(id, 0)],
    events: [],
    evaluations: [evaluationRow(id, 0, false)],
  });
  await engine.close();
});

describe('a written file', () => {
  it('says storage version 64 at byte 12', () => {
    const header = readFileSync(file).subarray(0, 20);
    expect(header.subarray(8, 12).toString('latin1')).toBe('DUCK');
    expect(header.readBigUInt64LE(12)).toBe(64n);
  });

  it('opens in the browser engine with every digit', async () => {
    const engine = await bootBlockingEngine();
    engine.register('written.db', readFileSync(file));
    await engine.query(sql`ATTACH 'written.db' AS written (READ_ONLY, TYPE duckdb)`);
    await engine.query(sql`USE written`);
    expect(await readRecords(engine, policyEvaluations)).toEqual([evaluationRow(id, 0, false)]);
    await engine.close();
  });

  const python = findPython();
  it.skipIf(python === undefined)(
    python === undefined
      ? 'opens in Python (skipped: neither ITERSCOPE_PYTHON nor python3 imports duckdb)'
      : 'opens in Python',
    () => {
      const script = [
        'import duckdb, sys',
        'c = duckdb.connect(sys.argv[1], read_only=True)',
        'print(duckdb.__version__, c.execute("SELECT delta_sum FROM policy_evaluations").fetchone()[0],',
        '      c.execute("SELECT count(*) FROM simulation_events").fetchone()[0])',
      ].join('\n');
      const output = execFileSync(python ?? '', ['-c', script, file], { encoding: 'utf8' });
      expect(output.trim().split(' ').slice(1)).toEqual(['9007199254740993', '4']);
    },
  );

  it('is never extended with another storage version', async () => {
    const newer = path.join(folder, 'newer.db');
    const engine = await openNativeEngine();
    await engine.query(sql`ATTACH ${newer} AS newer (STORAGE_VERSION 'latest')`);
    await engine.query(sql`USE newer`);
    await expect(openUnifiedDatabase(engine)).rejects.toThrow(StorageVersionError);
    const [left] = await queryRows(engine, sql`SELECT count(*) AS tables FROM duckdb_tables()`, {
      tables: int,
    });
    expect(left?.tables).toBe(0);
    await engine.close();
  });
});
