import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { readActualSchema } from '../engine/actualSchema.ts';
import { openNativeEngine } from '../engine/node/nativeEngine.ts';
import type { Engine } from '../engine/engine.ts';
import { experimentId, simulationId } from '../lib/ids.ts';
import { explainDifference, layoutDifferences } from '../schema/differences.ts';
import { simulationEvents } from '../schema/models/simulations.ts';
import { describeProblem, type SchemaProblem } from '../schema/compareSchema.ts';
import { tables } from '../schema/tables.ts';
import { cents } from '../lib/units.ts';
import { describeRealFile } from '../testing/realFile.ts';
import { testTime } from '../testing/unifiedRecords.ts';
import { createDatabaseManager, openUnifiedDatabase } from './unifiedDatabase.ts';
const folder = mkdtempSync(path.join(tmpdir(), 'iterscope-real-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeRealFile('unified.db', (file) => {
  let engine: Engine;
  let problems: readonly SchemaProblem[];
  beforeAll(async () => {
    engine = await openNativeEngine(file, { readOnly: true });
    problems = await createDatabaseManager(engine, () => testTime).validate();
  });
  afterAll(() => engine.close());

  it('differs from the models in the ways that are listed, and in no other', () => {
    const unexplained = problems.filter((problem) => explainDifference(problem) === undefined);
    expect(unexplained.map(describeProblem)).toEqual([]);
    const used = new Set(problems.map(explainDifference));
    expect(layoutDifferences.filter((difference) => !used.has(difference))).toEqual([]);
  });

  it('lacks nothing of ours but the home of the proposals', () => {
    expect(problems.filter((problem) => problem.blocking).map(describeProblem)).toEqual([
      'table policy_evaluations is missing',
    ]);
  });

  it('has the columns of every table in our order', async () => {
    const actual = await readActualSchema(engine);
    for (const table of tables.filter(({ name }) => name !== 'policy_evaluations')) {
      const found = actual.find(({ name }) => name === table.name);
      expect(found?.columns.map(({ name }) => name)).toEqual(table.columns.map(({ name }) => name));
    }
  });

  it('is read by the repository once it is migrated', async () => {
    const copy = path.join(folder, 'unified.db');
    copyFileSync(file, copy);
    const writable = await openNativeEngine(copy);
    const { experiments, simulations, manager } = await openUnifiedDatabase(writable);
    expect(await manager.version()).toBe(6);
    const all = await experiments.list();
    const complete = all.filter((experiment) => experiment.completedAt !== undefined);
    expect(complete.map((experiment) => experiment.finalCostCents)).toContain(cents(6800n));
    const id = experimentId('exp1-20261123-045337-b1f149');
    const iterations = await experiments.loadIterations(id);
    expect(iterations.map((row) => [...row.costsPerAgent.values()])[3]).toEqual([3300n, 3800n]);
    expect(await experiments.nextIteration(id)).toBe(9);
    const events = await simulations.loadRows(simulationEvents, simulationId(`${id}-iter3-evaluation`));
    expect(events.length).toBeGreaterThan(0);
    await writable.close();
  });
});

describeRealFile('near-deadline.db', (file) => {
  it('is migrated from a command-line file to one that takes experiments', async () => {
    const copy = path.join(folder, 'near-deadline.db');
    copyFileSync(file, copy);
    const engine = await openNativeEngine(copy);
    const { simulations, experiments, manager } = await openUnifiedDatabase(engine);
    expect((await manager.validate()).filter((problem) => problem.blocking)).toEqual([]);
    expect(await experiments.list()).toEqual([]);
    const events = await simulations.loadRows(simulationEvents, simulationId('sim-3a023269'));
    expect(events).toHaveLength(1861);
    await engine.close();
  });
});
