import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { sql } from '../lib/sql.ts';
import { experimentId } from '../lib/ids.ts';
import { experiments as experimentTable, simulationRuns } from '../schema/models/experiments.ts';
import { tables } from '../schema/tables.ts';
import { arbitraryRecords } from '../testing/arbitraryRecords.ts';
import { describeEngines } from '../testing/describeEngines.ts';
import {
  experimentEnd,
  iterationRow,
  newExperiment,
  simulationRecord,
  testTime,
} from '../testing/unifiedRecords.ts';
import { insertRecords } from './records.ts';
import { openUnifiedDatabase } from './unifiedDatabase.ts';
import { updateRecord } from './experimentRepository.ts';

const id = experimentId('exp1');
// A run may belong to no experiment, so its reference is tested by itself.
const children = tables.filter((table) => table.foreignKeys.length > 0 && table.name !== simulationRuns.name);

describeEngines('foreign keys', (engine) => {
  it.each(children.map((table) => [table.name, table] as const))(
    '%s refuses rows without their parent',
    async (_name, table) => {
      await openUnifiedDatabase(engine());
      const [records] = fc.sample(arbitraryRecords(table), { numRuns: 1, seed: 7 });
      await expect(insertRecords(engine(), table, records ?? [])).rejects.toThrow('foreign key');
    },
  );

  it('keep a parent that has children', async () => {
    const { experiments } = await openUnifiedDatabase(engine());
    await experiments.create(newExperiment(id));
    await experiments.saveIteration({
      iteration: iterationRow(id, 0),
      runs: [simulationRecord(id, 0)],
      events: [],
      evaluations: [],
    });
    await expect(engine().query(sql`DELETE FROM experiments`)).rejects.toThrow('foreign key');
    await expect(engine().query(sql`DELETE FROM simulation_runs`)).rejects.toThrow('foreign key');
  });
});

describeEngines('updates of a row that others refer to', (engine) => {
  const withChildren = async () => {
    const { experiments } = await openUnifiedDatabase(engine());
    await experiments.create(newExperiment(id));
    await experiments.saveIteration({
      iteration: iterationRow(id, 0),
      runs: [],
      events: [],
      evaluations: [],
    });
    return experiments;
  };

  it('work on completion, since none of its columns is indexed', async () => {
    const experiments = await withChildren();
    await experiments.complete(id, experimentEnd);
    expect(await experiments.load(id)).toMatchObject({ ...experimentEnd, numIterations: 1 });
  });

  it('would be refused by the engine with the index that the reference has', async () => {
    const experiments = await withChildren();
    await engine().query(sql`CREATE INDEX idx_exp_converged ON experiments (converged)`);
    await expect(experiments.complete(id, experimentEnd)).rejects.toThrow('foreign key');
    expect((await experiments.load(id))?.completedAt).toBeUndefined();
  });

  it('are refused before the engine sees them where a column is indexed', async () => {
    await withChildren();
    const change = updateRecord(engine(), experimentTable, { createdAt: testTime }, sql`TRUE`);
    await expect(change).rejects.toThrow('experiments.created_at is indexed');
  });
});

describe('completion', () => {
  it('touches no indexed column, whatever the models become', () => {
    const indexed = experimentTable.indexes.flatMap((index) => index.columns);
    const written = [
      'completed_at',
      'num_iterations',
      'converged',
      'convergence_reason',
      'final_cost',
      'best_cost',
    ];
    expect([...experimentTable.primaryKey, ...indexed].filter((name) => written.includes(name))).toEqual([]);
  });
});
