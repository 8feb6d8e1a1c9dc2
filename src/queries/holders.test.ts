import { beforeAll, expect, test } from 'vitest';

import { experimentId, fileId, simulationId } from '../lib/ids.ts';
import { sql } from '../lib/sql.ts';
import { ask } from '../testing/ask.ts';
import { writeFixture } from '../testing/fixtures/writeFixture.ts';
import { openFixture, type OpenFixture } from '../testing/openFixture.ts';
import { experimentHolders, runHolders } from './findable.ts';

let engine: OpenFixture['engine'];
const fileIds = ['f1', 'f2', 'f3'].map(fileId);

beforeAll(async () => {
  const first = await writeFixture('B-V5', {
    experiments: [{ id: 'both' }, { id: 'first' }],
    simulationEvents: [{ simulation: 'twice', tick: 3, type: 'EndOfDay', day: 1 }],
  });
  const second = await writeFixture('A1', {
    experiments: [{ id: 'both' }],
    runs: [{ id: 'twice' }],
  });
  const third = await writeFixture('simulation-only', {
    runs: [{ id: 'sim-1' }],
    transactions: [{ simulation: 'killed', arrivalDay: 0 }],
  });
  ({ engine } = await openFixture(first, second, third));
});

const experiment = (id: string, files = fileIds) =>
  ask(engine, experimentHolders, { fileIds: files, experimentId: experimentId(id) });
const run = (id: string) => ask(engine, runHolders, { fileIds, simulationId: simulationId(id) });

test('an experiment is found in every file that holds its id, by one statement', async () => {
  const before = engine.log.entries().length;
  expect(await experiment('both')).toEqual(['f1', 'f2']);
  expect(engine.log.entries().length - before).toBe(1);
  expect(await experiment('both', [fileId('f2'), fileId('f3')])).toEqual(['f2']);
  expect(await experiment('nowhere')).toEqual([]);
});

test('a run is where its row is; without one, where events or payments of it are', async () => {
  expect(await run('twice')).toEqual(['f2']);
  expect(await run('sim-1')).toEqual(['f3']);
  expect(await run('killed')).toEqual(['f3']);
  expect(await run('nobody')).toEqual([]);
});

test('a file that cannot be read any more hides nothing of the others', async () => {
  const lost = {
    ...engine,
    query: (statement: ReturnType<typeof sql>) =>
      statement.text.includes("'f1'") ? engine.query(sql`SELECT error('lost')`) : engine.query(statement),
  };
  const asked = { fileIds, experimentId: experimentId('both') };
  expect(await ask(lost, experimentHolders, asked)).toEqual(['f2']);
  const alone = { fileIds: [fileId('f1')], experimentId: experimentId('both') };
  await expect(ask(lost, experimentHolders, alone)).rejects.toThrow('lost');
});
