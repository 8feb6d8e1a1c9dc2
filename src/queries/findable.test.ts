import { beforeAll, expect, test } from 'vitest';

import { fileId } from '../lib/ids.ts';
import { ask } from '../testing/ask.ts';
import { writeFixture } from '../testing/fixtures/writeFixture.ts';
import { openFixture, type OpenFixture } from '../testing/openFixture.ts';
import { findable, findPayments } from './findable.ts';

let engine: OpenFixture['engine'];
const fileIds = ['f1', 'f2'].map(fileId);

beforeAll(async () => {
  const first = await writeFixture('B-V5', {
    experiments: [{ id: 'one', name: 'first' }, { id: 'empty' }],
    iterations: [0, 1, 2].map((iteration) => ({ experiment: 'one', iteration, costs: { BANK_A: 1 } })),
    runs: [{ id: 'run-1' }],
    simulationEvents: [
      { simulation: 'run-1', tick: 0, type: 'Arrival', tx: 'TX-abc-1' },
      { simulation: 'run-1', tick: 1, type: 'Arrival', tx: 'TX-abc' },
    ],
  });
  const second = await writeFixture('simulation-only', {
    transactions: [{ simulation: 'killed', id: 'other-abc', arrivalDay: 0 }],
  });
  ({ engine } = await openFixture(first, second));
});

test('experiments come with their last iteration, runs with those that only payments name', async () => {
  const first = await ask(engine, findable, { fileId: fileId('f1'), withOrphans: true });
  expect(first.experiments.map(({ experimentId, lastIteration }) => [experimentId, lastIteration])).toEqual(
    expect.arrayContaining([
      ['one', 2],
      ['empty', undefined],
    ]),
  );
  expect(first.runs).toContain('run-1');
  const killed = { fileId: fileId('f2') };
  expect((await ask(engine, findable, { ...killed, withOrphans: true })).runs).toEqual(['killed']);
  expect((await ask(engine, findable, { ...killed, withOrphans: false })).runs).toEqual([]);
});

test('payments are found by part of their id, in events and in stored rows, the exact one first', async () => {
  const found = async (wanted: string, most = 20) =>
    (await ask(engine, findPayments, { fileIds, wanted, most })).map(({ txId }) => txId);
  expect(await found('tx-ABC')).toEqual(['TX-abc', 'TX-abc-1']);
  expect(await found('TX-abc-1')).toEqual(['TX-abc-1']);
  expect(await found('abc')).toEqual(['TX-abc', 'TX-abc-1', 'other-abc']);
  expect(await found('abc', 1)).toEqual(['TX-abc']);
  expect(await found('100%')).toEqual([]);
});
