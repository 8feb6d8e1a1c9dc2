/** Parts of split payments are rows of their own and never count as payments. */
import { beforeAll, expect, test } from 'vitest';

import type { Engine } from '../../engine/engine.ts';
import { fileId, simulationId } from '../../lib/ids.ts';
import type { PaymentFilter } from '../../domain/answers/runs.ts';
import { ask } from '../../testing/ask.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { openFixture } from '../../testing/openFixture.ts';
import { runSummary } from '../runSummary.ts';
import { paymentCount, paymentPage } from './runPayments.ts';

const scope = { fileId: fileId('f1'), simulationId: simulationId('split') };
let engine: Engine;

const arrival = (amount: number, deadline: number) => ({
  sender_id: 'A',
  receiver_id: 'B',
  amount,
  deadline,
  priority: 5,
  is_divisible: false,
});
const pays = (amount: number, before: number) => ({
  sender: 'A',
  receiver: 'B',
  amount,
  sender_balance_before: before,
  sender_balance_after: before - amount,
});
const overdue = { sender_id: 'A', receiver_id: 'B', amount: 1, deadline_tick: 1, ticks_overdue: 1 };

beforeAll(async () => {
  const event = (tick: number, type: string, tx: string, details: object, agent?: string) => ({
    simulation: 'split',
    tick,
    type,
    tx,
    details: { ...details },
    ...(agent === undefined ? {} : { agent }),
  });
  const path = await writeFixture('simulation-only', {
    runs: [
      {
        id: 'split',
        configJson: {
          agents: [
            { id: 'A', opening_balance: 1000 },
            { id: 'B', opening_balance: 0 },
          ],
        },
      },
    ],
    simulationEvents: [
      event(0, 'Arrival', 'whole', arrival(90, 5)),
      event(0, 'Arrival', 'plain', arrival(40, 1)),
      event(0, 'Arrival', 'whole-1', arrival(45, 5)),
      event(0, 'Arrival', 'whole-2', arrival(45, 5)),
      event(0, 'PolicySplit', 'whole', { num_splits: 2, child_ids: ['whole-1', 'whole-2'] }, 'A'),
      event(0, 'RtgsImmediateSettlement', 'whole-1', pays(45, 1000)),
      event(1, 'Arrival', 'half', arrival(60, 1)),
      event(1, 'Arrival', 'half-1', arrival(30, 1)),
      event(1, 'Arrival', 'half-2', arrival(30, 1)),
      event(1, 'PolicySplit', 'half', { num_splits: 2, child_ids: ['half-1', 'half-2'] }, 'A'),
      event(1, 'RtgsImmediateSettlement', 'half-1', pays(30, 955)),
      event(2, 'RtgsImmediateSettlement', 'whole-2', pays(45, 925)),
      event(2, 'TransactionWentOverdue', 'half-2', overdue),
      event(2, 'TransactionWentOverdue', 'plain', overdue),
      event(3, 'RtgsImmediateSettlement', 'plain', pays(40, 880)),
    ],
  });
  ({ engine } = await openFixture(path));
});

test('three payments arrive, two settle, though six settlements are recorded', async () => {
  expect(await ask(engine, runSummary, scope)).toMatchObject({
    arrivals: 3,
    settlements: { immediate: 1, fromQueue2: 0, offset: 0, inferred: 0, inParts: 1 },
    overdue: 2,
    overdueAtEnd: 1,
  });
});

const listed = async (filter: PaymentFilter) =>
  (await ask(engine, paymentPage, { ...scope, filter, offset: 0, limit: 50 })).map(({ txId }) => txId);

test('parts stand under their payment, however the payments are sorted', async () => {
  const groups = ['whole', 'whole-1', 'whole-2', 'plain', 'half', 'half-1', 'half-2'];
  expect(await listed({})).toEqual(groups);
  expect(await listed({ sort: { by: 'amount', descending: true } })).toEqual([
    'whole',
    'whole-1',
    'whole-2',
    'half',
    'half-1',
    'half-2',
    'plain',
  ]);
});

test('a filter chooses payments, and their parts come with them; sums count each once', async () => {
  expect(await ask(engine, paymentCount, { ...scope, filter: {} })).toEqual({
    rows: 7,
    payments: 3,
    amountCents: 190n,
    unreadable: 0,
  });
  expect(await ask(engine, paymentCount, { ...scope, filter: { status: 'settled' } })).toEqual({
    rows: 4,
    payments: 2,
    amountCents: 130n,
    unreadable: 0,
  });
  expect(await listed({ text: 'HALF-2' })).toEqual(['half', 'half-1', 'half-2']);
});

test('overdue at some time and overdue at the end are two filters', async () => {
  expect(await listed({ status: 'late' })).toEqual(['plain', 'half', 'half-1', 'half-2']);
  expect(await listed({ status: 'overdue' })).toEqual(['half', 'half-1', 'half-2']);
  const late = await ask(engine, paymentPage, { ...scope, filter: { status: 'late' }, offset: 0, limit: 50 });
  expect(late.map(({ txId, overdueTick, partOverdueTick }) => [txId, overdueTick, partOverdueTick])).toEqual([
    ['plain', 2, undefined],
    ['half', undefined, 2],
    ['half-1', undefined, undefined],
    ['half-2', 2, undefined],
  ]);
});
