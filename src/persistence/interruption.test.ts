import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { openNativeEngine } from '../engine/node/nativeEngine.ts';
import { bootBlockingEngine } from '../engine/wasm/blockingEngine.ts';
import { sql } from '../lib/sql.ts';
import { experimentId } from '../lib/ids.ts';
import { experimentIterations } from '../schema/models/experiments.ts';
import { deriveStatus } from '../domain/experiment/normalised.ts';
import { experimentEnd, iterationRow, newExperiment, simulationRecord } from '../testing/unifiedRecords.ts';
import type { IterationBundle } from './experimentRepository.ts';
import { readRecords } from './records.ts';
import { openUnifiedDatabase, type UnifiedDatabase } from './unifiedDatabase.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'iterscope-interruption-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const id = experimentId('exp1');

const bundle = (iteration: number): IterationBundle => ({
  iteration: iterationRow(id, iteration),
  runs: [simulationRecord(id, iteration)],
  events: [{ experimentId: id, iteration, eventType: 'evaluation', eventData: {}, timestamp: 't' }],
  evaluations: [],
});

/** Everything that does not depend on a clock. */
const contentOf = async ({ experiments }: UnifiedDatabase) => ({
  experiments: await experiments.list(),
  iterations: await experiments.loadIterations(id),
  events: await experiments.loadEvents(id),
  runs: await experiments.loadRuns(id),
});

/** File and WAL as they are on the disk while the third iteration is half written. */
async function killed(): Promise<string> {
  const live = path.join(mkdtempSync(path.join(folder, 'run-')), 'live.db');
  const engine = await openNativeEngine(live);
  const { experiments, simulations } = await openUnifiedDatabase(engine);
  await experiments.create(newExperiment(id));
  await experiments.saveIteration(bundle(0));
  await experiments.saveIteration(bundle(1));
  await engine.query(sql`BEGIN TRANSACTION`);
  await simulations.write(simulationRecord(id, 2));
  const left = path.join(path.dirname(live), 'killed.db');
  copyFileSync(live, left);
  copyFileSync(`${live}.wal`, `${left}.wal`);
  await engine.query(sql`ROLLBACK`);
  await engine.close();
  return left;
}

describe('a writer that died in the third iteration', () => {
  it('leaves two whole iterations, seen by the browser engine with the WAL', async () => {
    const file = await killed();
    const engine = await bootBlockingEngine();
    engine.register('killed.db', readFileSync(file));
    engine.register('killed.db.wal', readFileSync(`${file}.wal`));
    await engine.query(sql`ATTACH 'killed.db' AS killed (READ_ONLY, TYPE duckdb)`);
    await engine.query(sql`USE killed`);
    const iterations = await readRecords(engine, experimentIterations, { orderBy: sql`iteration` });
    expect(iterations).toEqual([iterationRow(id, 0), iterationRow(id, 1)]);
    await engine.close();
  });

  it('goes on to the same end as one that never died', async () => {
    const engine = await openNativeEngine(await killed());
    const resumed = await openUnifiedDatabase(engine);
    const unfinished = await resumed.experiments.load(id);
    expect(
      deriveStatus({
        completedAt: unfinished?.completedAt,
        converged: unfinished?.converged,
        convergenceReason: unfinished?.convergenceReason,
      }),
    ).toBe('unfinished');
    expect(await resumed.experiments.nextIteration(id)).toBe(2);
    await resumed.experiments.saveIteration(bundle(2));
    await resumed.experiments.complete(id, experimentEnd);

    const other = await openNativeEngine();
    const straight = await openUnifiedDatabase(other);
    await straight.experiments.create(newExperiment(id));
    for (const k of [0, 1, 2]) await straight.experiments.saveIteration(bundle(k));
    await straight.experiments.complete(id, experimentEnd);

    const content = await contentOf(resumed);
    expect(content).toEqual(await contentOf(straight));
    expect(content.events.map((event) => event.id)).toEqual([1, 2, 3]);
    await engine.close();
    await other.close();
  });
});
