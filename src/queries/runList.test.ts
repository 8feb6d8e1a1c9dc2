import { beforeAll, expect, test } from 'vitest';

import type { Engine } from '../engine/engine.ts';
import { fileId } from '../lib/ids.ts';
import { ask } from '../testing/ask.ts';
import { writeFixture } from '../testing/fixtures/writeFixture.ts';
import { firstFile, openFixture } from '../testing/openFixture.ts';
import { runList } from './runList.ts';

let engine: Engine;

beforeAll(async () => {
  const mixed = await writeFixture('B-V5', {
    experiments: [{ id: 'exp-1' }],
    runs: [
      { id: 'exp-1-sim-001-eval', experiment: 'exp-1' },
      { id: 'exp-1-sim-004-eval', experiment: null },
      { id: 'exp-10-sim-001-eval', experiment: null },
      { id: 'load-test-iter2-final', experiment: null },
      { id: 'lost', experiment: 'gone' },
    ],
    simulationEvents: [{ simulation: 'only-events', tick: 3, type: 'EndOfDay', day: 1 }],
  });
  const commandLine = await writeFixture('simulation-only', {
    runs: [
      { id: 'sim-1', seed: 42, status: 'completed' },
      { id: 'sim-2', seed: 0, status: 'running', endedAt: null },
      { id: 'sim-3', status: 'failed' },
    ],
    transactions: [
      { simulation: 'killed', arrivalDay: 0, status: 'settled' },
      { simulation: 'killed', arrivalDay: 4 },
    ],
    templates: ['BANK_A'],
  });
  ({ engine } = await openFixture(mixed, commandLine));
});

const idsOf = async (file: string) =>
  (await ask(engine, runList, { fileId: fileId(file), withOrphans: true })).map(
    (run) => `${run.simulationId} ${run.kind} ${run.status}`,
  );

const withoutScan = (file: string) => ask(engine, runList, { fileId: fileId(file), withOrphans: false });

test('a run belongs to an experiment by its column, or by an id of exactly that one (4.1, 11.24)', async () => {
  expect((await idsOf('f1')).sort()).toEqual([
    'exp-10-sim-001-eval standalone completed',
    'load-test-iter2-final standalone completed',
    'lost standalone completed',
    'only-events orphan unfinished',
  ]);
});

test('stored words are taken for what they mean at rest; templates are no runs (2.14)', async () => {
  expect((await idsOf('f2')).sort()).toEqual([
    'killed orphan unfinished',
    'sim-1 standalone completed',
    'sim-2 standalone unfinished',
    'sim-3 standalone failed',
  ]);
});

test('a standalone run keeps its stored seed, 0 included', async () => {
  const runs = await ask(engine, runList, { fileId: fileId('f2'), withOrphans: true });
  expect(runs.find((run) => run.simulationId === 'sim-1')?.seed).toBe('42');
  expect(runs.find((run) => run.simulationId === 'sim-2')?.seed).toBe('0');
});

test('an orphan counts its payments and days (0.14), unless its file is not to be scanned', async () => {
  const [killed] = (await ask(engine, runList, { fileId: fileId('f2'), withOrphans: true })).filter(
    (run) => run.kind === 'orphan',
  );
  expect(killed).toMatchObject({ arrivals: 2, settlements: 1, dayCount: 5, totalCostCents: undefined });
  const near = (await Promise.all(['f1', 'f2'].map(withoutScan))).flat();
  expect(near.filter((run) => run.kind === 'orphan')).toEqual([]);
  expect(near).toHaveLength(6);
});

test('the events of a standalone run are counted, unless its file is not to be scanned', async () => {
  const counted = (await ask(engine, runList, { ...firstFile, withOrphans: true })).filter(
    ({ kind }) => kind === 'standalone',
  );
  expect(counted.every(({ eventCount }) => eventCount !== undefined)).toBe(true);
  const near = await withoutScan('f1');
  expect(near.map(({ eventCount }) => eventCount)).toEqual([undefined, undefined, undefined]);
});

test('events that cannot be read are counted by what then is not known, and only where events are scanned', async () => {
  const event = (tick: number, type: string, details: string) => ({ simulation: 'odd', tick, type, details });
  const file = await writeFixture('B-V5', {
    runs: [{ id: 'odd', experiment: null }],
    simulationEvents: [
      event(0, 'Arrival', '{"sender_id": "A", "receiver_id": "B", "amount": 10}'),
      event(0, 'CostAccrual', '{"costs": {"delay_cost": NaN, "total": NaN}}'),
      event(1, 'CostAccrual', '{"costs": {"delay_cost": 7, "total": 7}}'),
      event(1, 'RtgsImmediateSettlement', 'not json'),
      event(1, 'StateRegisterSet', '{"old_value": NaN}'),
    ],
  });
  ({ engine } = await openFixture(file));
  const lostOf = async (withOrphans: boolean) =>
    (await ask(engine, runList, { ...firstFile, withOrphans })).map(({ lostEvents }) => lostEvents);
  expect(await lostOf(true)).toEqual([{ arrivals: 0, settlements: 1, accruals: 1 }]);
  expect(await lostOf(false)).toEqual([{ arrivals: 0, settlements: 0, accruals: 0 }]);
});
