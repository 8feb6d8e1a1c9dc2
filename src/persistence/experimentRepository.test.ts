import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { openNativeEngine } from '../engine/node/nativeEngine.ts';
import { bootBlockingEngine } from '../engine/wasm/blockingEngine.ts';
import type { Engine } from '../engine/engine.ts';
import { sql } from '../lib/sql.ts';
import { experimentId } from '../lib/ids.ts';
import { defaultPersistencePolicy } from './simulationPersister.ts';
import { cents } from '../lib/units.ts';
import { bankA } from '../testing/figureExperiment.ts';
import {
  evaluationRow,
  experimentEnd,
  iterationRow,
  newExperiment,
  simulationRecord,
  testTime,
} from '../testing/unifiedRecords.ts';
import type { IterationBundle } from './experimentRepository.ts';
import { openUnifiedDatabase } from './unifiedDatabase.ts';

const id = experimentId("o'Brien-20261123-045337-b1f149");

function bundle(iteration: number, costs?: readonly [bigint, bigint]): IterationBundle {
  const record = simulationRecord(id, iteration);
  return {
    iteration: { ...iterationRow(id, iteration, costs), evaluationSimulationId: record.run.simulationId },
    runs: [record],
    events: ['evaluation', 'llm_interaction'].map((eventType) => ({
      experimentId: id,
      iteration,
      eventType,
      eventData: { total_cost: 9_007_199_254_740_993n, text: 'a\u001fb\u001ec\n"d"' },
      timestamp: testTime,
    })),
    evaluations: [evaluationRow(id, iteration, iteration % 2 === 0)],
  };
}

describe.each([
  ['native', () => openNativeEngine()],
  ['WASM', () => bootBlockingEngine()],
])('experiments on the %s engine', (_name, open: () => Promise<Engine>) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
  });
  afterEach(async () => {
    const { manager } = await openUnifiedDatabase(engine);
    await manager.drop();
  });
  afterAll(() => engine.close());

  it('gives back what was saved, money exact beyond 2^53', async () => {
    const { experiments } = await openUnifiedDatabase(engine);
    await experiments.create(newExperiment(id));
    const saved = [bundle(0), bundle(1)];
    for (const each of saved) await experiments.saveIteration(each);

    expect(await experiments.loadIterations(id)).toEqual(saved.map((each) => each.iteration));
    expect(await experiments.loadEvaluations(id)).toEqual(saved.flatMap((each) => each.evaluations));
    const events = await experiments.loadEvents(id);
    expect(events).toEqual(saved.flatMap((each) => each.events).map((event, i) => ({ id: i + 1, ...event })));
    expect((await experiments.loadRuns(id)).map((run) => run.simulationId)).toEqual(
      [0, 1].map((k) => `${id}-iter${k}-evaluation`),
    );
  });

  it('is honest before and after the end', async () => {
    const { experiments } = await openUnifiedDatabase(engine);
    await experiments.create(newExperiment(id));
    expect(await experiments.load(id)).toMatchObject({ numIterations: 0, converged: false });
    expect((await experiments.load(id))?.completedAt).toBeUndefined();
    await experiments.saveIteration(bundle(0, [5000n, 5000n]));
    await experiments.saveIteration(bundle(1, [0n, 3100n]));
    await experiments.saveIteration(bundle(2, [3400n, 3400n]));

    await experiments.complete(id, experimentEnd);

    expect(await experiments.list()).toEqual([
      {
        ...newExperiment(id),
        ...experimentEnd,
        numIterations: 3,
        finalCostCents: cents(6800n),
        bestCostCents: cents(3100n),
      },
    ]);
    await expect(experiments.saveIteration(bundle(3))).rejects.toThrow('is complete');
    await expect(experiments.complete(id, experimentEnd)).rejects.toThrow('is complete');
  });

  it('stores an iteration whole or not at all', async () => {
    const { experiments } = await openUnifiedDatabase(engine);
    await experiments.create(newExperiment(id));
    await experiments.saveIteration(bundle(0));
    const broken = bundle(1);
    const twice = { ...broken, evaluations: [...broken.evaluations, ...broken.evaluations] };

    await expect(experiments.saveIteration(twice)).rejects.toThrow('duplicate');

    expect(await experiments.nextIteration(id)).toBe(1);
    expect(await experiments.loadRuns(id)).toHaveLength(1);
    expect(await experiments.loadEvents(id)).toHaveLength(2);
    await experiments.saveIteration(broken);
    expect(await experiments.nextIteration(id)).toBe(2);
  });

  it('takes iterations in order only', async () => {
    const { experiments } = await openUnifiedDatabase(engine);
    await experiments.create(newExperiment(id));
    await expect(experiments.saveIteration(bundle(1))).rejects.toThrow('cannot come before 0');
    await experiments.saveIteration(bundle(0));
    await expect(experiments.saveIteration(bundle(0))).rejects.toThrow('cannot come before 1');
  });

  it('does not know what was never created', async () => {
    const { experiments } = await openUnifiedDatabase(engine);
    expect(await experiments.load(id)).toBeUndefined();
    await expect(experiments.saveIteration(bundle(0))).rejects.toThrow('does not exist');
    await expect(experiments.complete(id, experimentEnd)).rejects.toThrow('does not exist');
  });

  it('drops rejected evaluations and unstored runs when the policy says so', async () => {
    const policy = {
      ...defaultPersistencePolicy,
      simulationPersistence: 'none',
      persistAllPolicyIterations: false,
    } as const;
    const { experiments } = await openUnifiedDatabase(engine, { policy });
    await experiments.create(newExperiment(id));
    await experiments.saveIteration(bundle(0));
    await experiments.saveIteration(bundle(1));

    expect((await experiments.loadEvaluations(id)).map((row) => [row.iteration, row.agentId])).toEqual([
      [0, bankA],
    ]);
    expect(await experiments.loadRuns(id)).toEqual([]);
    const iterations = await experiments.loadIterations(id);
    expect(iterations.map((row) => row.evaluationSimulationId)).toEqual([undefined, undefined]);
  });

  it('refuses children without their parent', async () => {
    await openUnifiedDatabase(engine);
    await expect(
      engine.query(sql`INSERT INTO experiment_iterations
        VALUES ('nobody', 0, '{}', '{}', '{}', 'now', NULL)`),
    ).rejects.toThrow('foreign key');
  });
});
