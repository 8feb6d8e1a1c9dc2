import { beforeAll, describe, expect, test } from 'vitest';

import type { Engine } from '../../engine/engine.ts';
import { agentId, fileId, simulationId } from '../../lib/ids.ts';
import type { EventFilter, PaymentFilter } from '../../domain/answers/runs.ts';
import { sql } from '../../lib/sql.ts';
import { ask } from '../../testing/ask.ts';
import type { JsonContent } from '../../testing/fixtures/content.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { openFixture } from '../../testing/openFixture.ts';
import { eventMatches, eventPage, seekEvent } from './runEvents.ts';
import { paymentPage } from './runPayments.ts';
import { tickState } from './tickState.ts';

type Line = readonly [
  tick: number,
  type: string,
  details: JsonContent,
  who?: { agent?: string; tx?: string },
];
const arrival = (from: string, to: string, amount: number, deadline: number) => ({
  sender_id: from,
  receiver_id: to,
  amount,
  deadline,
  priority: 5,
  is_divisible: false,
});
const settles = (sender: string, receiver: string, amount: number, before: number) => ({
  sender,
  receiver,
  amount,
  sender_balance_before: before,
  sender_balance_after: before - amount,
});

/** One payment of each fate; `whole` is split in two, its second part in two again. */
const lines: readonly Line[] = [
  [0, 'Arrival', arrival('A', 'B', 10, 4), { tx: 'at-once' }],
  [0, 'PolicySubmit', {}, { agent: 'A', tx: 'at-once' }],
  [0, 'RtgsImmediateSettlement', settles('A', 'B', 10, 50), { tx: 'at-once' }],
  [0, 'Arrival', arrival('C', 'A', 100, 1), { tx: 'late' }],
  [1, 'Arrival', arrival('B', 'A', 60, 9), { tx: 'whole' }],
  [1, 'Arrival', arrival('B', 'A', 30, 9), { tx: 'part-1' }],
  [1, 'Arrival', arrival('B', 'A', 30, 9), { tx: 'part-2' }],
  [1, 'PolicySplit', { num_splits: 2, child_ids: ['part-1', 'part-2'] }, { agent: 'B', tx: 'whole' }],
  [1, 'Arrival', arrival('B', 'A', 15, 9), { tx: 'part-2a' }],
  [1, 'Arrival', arrival('B', 'A', 15, 9), { tx: 'part-2b' }],
  [1, 'PolicySplit', { num_splits: 2, child_ids: ['part-2a', 'part-2b'] }, { agent: 'B', tx: 'part-2' }],
  [2, 'RtgsImmediateSettlement', settles('B', 'A', 30, 200), { tx: 'part-1' }],
  [2, 'TransactionWentOverdue', { sender_id: 'C', receiver_id: 'A', amount: 100 }, { tx: 'late' }],
  [3, 'QueuedRtgs', { sender_id: 'B' }, { tx: 'part-2a' }],
  [3, 'QueuedRtgs', { sender_id: 'B' }, { tx: 'part-2b' }],
  [4, 'Arrival', arrival('A', 'B', 5, 6), { tx: 'back' }],
  [
    5,
    'LsmBilateralOffset',
    {
      agent_a: 'B',
      agent_b: 'A',
      tx_ids: ['part-2a', 'part-2b', 'back'],
      amount_a: 30,
      amount_b: 5,
      amount: 35,
    },
  ],
  [6, 'Arrival', arrival('A', 'C', 7, 6), { tx: 'dropped' }],
  [7, 'PolicyDrop', { reason: 'Expired deadline' }, { agent: 'A', tx: 'dropped' }],
  [8, 'PolicyHold', { reason: 'Custom("Grüße")' }, { agent: 'C', tx: 'late' }],
  [8, 'Novelty', { sender: 'A', note: 'unknown to us' }],
];
const scope = { fileId: fileId('f1'), simulationId: simulationId('s') };

/** Unknown to us, more than a byte counts, and before all others by name. */
const manyTypes = Array.from({ length: 300 }, (_, i) => `A/${i} '%"ü`);

/** No writer leaves them NULL; where one did, its column takes it. */
const withoutDetails = [
  sql`CREATE TABLE kept AS SELECT * REPLACE (CASE WHEN simulation_id <> 'nulled' THEN details END AS details)
    FROM simulation_events ORDER BY rowid`,
  sql`DROP TABLE simulation_events`,
  sql`ALTER TABLE kept RENAME TO simulation_events`,
];

describe('events and payments of a run', () => {
  let engine: Engine;
  beforeAll(async () => {
    const path = await writeFixture(
      'simulation-only',
      {
        runs: [
          { id: 's', isLab: true },
          { id: 'many', isLab: true },
          { id: 'nulled', isLab: true },
        ],
        simulationEvents: [
          ...lines.map(([tick, type, details, who = {}]) => ({
            simulation: 's',
            tick,
            type,
            details,
            ...who,
          })),
          { simulation: 'nulled', tick: 5, type: 'LsmBilateralOffset', details: {} },
          ...manyTypes.map((type) => ({ simulation: 'many', tick: 0, type, details: { sender: 'A' } })),
          ...lines
            .slice(0, 3)
            .map(([tick, type, details, who = {}]) => ({ simulation: 'many', tick, type, details, ...who })),
        ],
        // Each due at tick 1.
        transactions: [
          { simulation: 'stored', id: 'in-time', settlementTick: 1 },
          { simulation: 'stored', id: 'just-after', settlementTick: 2 },
          { simulation: 'stored', id: 'after', settlementTick: 5 },
          { simulation: 'stored', id: 'open' },
          { simulation: 'stored', id: 'overdue', status: 'overdue' },
        ],
      },
      { statements: withoutDetails },
    );
    ({ engine } = await openFixture(path));
  });
  const seqs = async (filter: EventFilter) =>
    (await ask(engine, eventPage, { ...scope, filter, offset: 0, limit: 100 })).map(({ seq }) => seq);
  const payments = async (filter: PaymentFilter) =>
    (await ask(engine, paymentPage, { ...scope, filter, offset: 0, limit: 100 })).map(({ txId }) => txId);

  test('a page has its events with their parties, in true order', async () => {
    const page = await ask(engine, eventPage, { ...scope, filter: {}, offset: 1, limit: 2 });
    expect(page).toMatchObject([
      { seq: 1, eventType: 'PolicySubmit', agentId: 'A', from: 'A', to: 'B', amountCents: 10n },
      {
        seq: 2,
        eventType: 'RtgsImmediateSettlement',
        agentId: undefined,
        from: 'A',
        to: 'B',
        amountCents: 10n,
      },
    ]);
    expect(JSON.parse(page[1]?.details ?? '')).toMatchObject({ sender_balance_after: 40 });
    expect(await ask(engine, eventMatches, { ...scope, filter: {} })).toBe(lines.length);
  });

  test('the wide rule: senders, both sides of a settlement, members of an offset (7.6)', async () => {
    expect(await seqs({ agentId: agentId('C') })).toEqual([3, 12, 19]);
    // A sends, receives a settlement, is offset, and is named by a type nobody knows; `late` arriving for it is not.
    expect(await seqs({ agentId: agentId('A') })).toEqual([0, 1, 2, 11, 15, 16, 17, 18, 20]);
  });

  test('a payment by its column and by the lists it stands in', async () => {
    expect(await seqs({ txId: 'part-2' })).toEqual([6, 7, 10]);
    expect(await seqs({ txId: 'part-2a' })).toEqual([8, 10, 13, 16]);
    expect(await seqs({ txId: 'nobody' })).toEqual([]);
  });

  test('types, ticks and text, together', async () => {
    expect(await seqs({ types: ['PolicySplit', 'Absent'] })).toEqual([7, 10]);
    expect(await seqs({ types: ['Absent'] })).toEqual([]);
    expect(await seqs({ types: ['Arrival'], fromTick: 2, toTick: 5 })).toEqual([15]);
    expect(await seqs({ text: 'GRÜSSE' })).toEqual([]);
    expect(await seqs({ text: 'grüße' })).toEqual([19]);
    expect(await seqs({ text: 'PART-2B' })).toEqual([9, 10, 14, 16]);
    expect(
      await ask(engine, eventMatches, { ...scope, filter: { text: 'part-2b', types: ['Arrival'] } }),
    ).toBe(1);
  });

  test('a run of more than 256 types is read as any other', async () => {
    const many = { ...scope, simulationId: simulationId('many') };
    const matches = await ask(engine, eventMatches, {
      ...many,
      filter: { types: ['Arrival', 'A/299 \'%"ü'] },
    });
    expect(matches).toBe(2);
    const page = await ask(engine, eventPage, { ...many, filter: {}, offset: 299, limit: 9 });
    expect(page.map(({ eventType }) => eventType)).toEqual([
      'A/299 \'%"ü',
      'Arrival',
      'PolicySubmit',
      'RtgsImmediateSettlement',
    ]);
    expect(await ask(engine, paymentPage, { ...many, filter: {}, offset: 0, limit: 9 })).toMatchObject([
      { txId: 'at-once', status: 'settled', settlementTick: 0, amountCents: 10n },
    ]);
  });

  test('the nearest event of a kind, never of the tick itself', async () => {
    const arrivals = { types: ['Arrival'] };
    expect(
      await ask(engine, seekEvent, { ...scope, filter: arrivals, fromTick: 1, direction: 'next' }),
    ).toMatchObject({ tick: 4, seq: 15 });
    expect(
      await ask(engine, seekEvent, { ...scope, filter: arrivals, fromTick: 4, direction: 'previous' }),
    ).toMatchObject({ tick: 1, seq: 4 });
    expect(
      await ask(engine, seekEvent, { ...scope, filter: arrivals, fromTick: 6, direction: 'next' }),
    ).toBeUndefined();
  });

  test('payments with their end; a split one settles with its last part', async () => {
    const rows = await ask(engine, paymentPage, { ...scope, filter: {}, offset: 0, limit: 100 });
    expect(
      rows.map(({ txId, status, settledBy, settlementTick, delayTicks, parentTxId, partCount }) =>
        [txId, status, settledBy, settlementTick, delayTicks, parentTxId, partCount].join(' '),
      ),
    ).toEqual([
      'at-once settled immediate 0 0  0',
      'late overdue     0',
      'whole settled  5 4  3',
      'part-1 settled immediate 2 1 whole 0',
      'part-2 settled  5 4 whole 2',
      'part-2a settled bilateral offset 5 4 part-2 0',
      'part-2b settled bilateral offset 5 4 part-2 0',
      'back settled bilateral offset 5 1  0',
      'dropped dropped     0',
    ]);
  });

  test('without events: overdue is what is stored so, and what settled later than a tick after its deadline', async () => {
    const stored = { ...scope, simulationId: simulationId('stored') };
    const page = (filter: PaymentFilter) =>
      ask(engine, paymentPage, { ...stored, filter, offset: 0, limit: 9 });
    expect((await page({})).map(({ txId, overdueTick }) => [txId, overdueTick])).toEqual([
      ['in-time', undefined],
      ['just-after', undefined],
      ['after', 2],
      ['open', undefined],
      ['overdue', undefined],
    ]);
    expect((await page({ status: 'late' })).map(({ txId }) => txId)).toEqual(['after', 'overdue']);
  });

  test('payments by status, agent and id, sorted', async () => {
    expect(await payments({ status: 'overdue' })).toEqual(['late']);
    expect(await payments({ agentId: agentId('C') })).toEqual(['late', 'dropped']);
    expect(await payments({ text: 'PART-2', sort: { by: 'amount', descending: false } })).toEqual([
      'whole',
      'part-1',
      'part-2',
      'part-2a',
      'part-2b',
    ]);
    const slowest = await payments({ sort: { by: 'delay', descending: true } });
    expect(slowest[0]).toBe('whole');
    expect(slowest.slice(-2)).toEqual(['late', 'dropped']);
    expect(await payments({ status: 'late' })).toEqual(['late']);
  });

  test('an offset without details leaves the rest of its tick readable', async () => {
    const state = await ask(engine, tickState, {
      ...scope,
      simulationId: simulationId('nulled'),
      tick: 5,
    });
    expect(state?.tick).toBe(5);
    expect(state?.moves).toEqual([]);
  });

  test('an offset shows as two moves of a tick, with what went each way', async () => {
    const state = await ask(engine, tickState, { ...scope, tick: 5 });
    expect(state?.moves).toEqual([
      { kind: 'bilateral offset', from: 'B', to: 'A', amountCents: 30n, txId: undefined },
      { kind: 'bilateral offset', from: 'A', to: 'B', amountCents: 5n, txId: undefined },
    ]);
    expect(state?.agents.map(({ balanceCents }) => balanceCents)).toEqual([95n, 145n, undefined]);
  });
});
