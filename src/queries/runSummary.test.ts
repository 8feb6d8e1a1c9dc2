import { beforeAll, describe, expect, test } from 'vitest';

import type { Engine } from '../engine/engine.ts';
import { fileId, simulationId } from '../lib/ids.ts';
import { ask } from '../testing/ask.ts';
import type { FixtureSimulationEvent, JsonContent } from '../testing/fixtures/content.ts';
import { writeFixture } from '../testing/fixtures/writeFixture.ts';
import { openFixture } from '../testing/openFixture.ts';
import { runSummary } from './runSummary.ts';

let engine: Engine;

type Line = readonly [
  tick: number,
  type: string,
  details: JsonContent,
  who?: { agent?: string; tx?: string },
];

const events = (simulation: string, lines: readonly Line[]): FixtureSimulationEvent[] =>
  lines.map(([tick, type, details, who = {}]) => ({ simulation, tick, type, details, ...who }));

const settles = (sender: string, receiver: string, amount: number, before: number) => ({
  sender,
  receiver,
  amount,
  sender_balance_before: before,
  sender_balance_after: before - amount,
});
const accrues = (parts: Record<string, number>) => ({
  costs: {
    liquidity_cost: 0,
    delay_cost: 0,
    collateral_cost: 0,
    penalty_cost: 0,
    split_friction_cost: 0,
    ...parts,
  },
});
const happens = (type: string, inner: object) => ({
  scenario_event_type: type,
  details_json: JSON.stringify(inner),
});
const config = (...agents: object[]) => ({ agents });
const bank = (id: string, opening: number, pool?: number) => ({
  id,
  opening_balance: opening,
  ...(pool === undefined ? {} : { liquidity_pool: pool }),
});

beforeAll(async () => {
  const path = await writeFixture('simulation-only', {
    runs: [
      {
        id: 'offsets',
        isLab: true,
        configJson: config(bank('A', 100), bank('B', 200), bank('C', 300), bank('D', 50)),
      },
      { id: 'deferred', configJson: config(bank('A', 0, 100), bank('B', 0, 100), bank('C', 0, 100)) },
      { id: 'pool', configJson: config(bank('A', 10, 100)) },
      { id: 'names', configJson: config() },
      { id: 'costs', configJson: config() },
      { id: 'silent', configJson: config(bank('A', 7)) },
    ],
    simulationEvents: [
      ...events('offsets', [
        [0, 'Arrival', { sender_id: 'A', receiver_id: 'B', amount: 60 }, { tx: 'parent' }],
        [0, 'Arrival', { sender_id: 'A', receiver_id: 'B', amount: 30 }, { tx: 'c1' }],
        [0, 'Arrival', { sender_id: 'A', receiver_id: 'B', amount: 30 }, { tx: 'c2' }],
        [0, 'PolicySplit', { num_splits: 2, child_ids: ['c1', 'c2'] }, { agent: 'A', tx: 'parent' }],
        [0, 'RtgsImmediateSettlement', settles('A', 'B', 30, 100), { tx: 'c1' }],
        [1, 'QueuedRtgs', { sender_id: 'A' }, { tx: 'c2' }],
        [
          1,
          'LsmBilateralOffset',
          { agent_a: 'A', agent_b: 'B', tx_ids: ['x', 'y', 'z'], amount_a: 50, amount_b: 20, amount: 70 },
        ],
        [
          2,
          'LsmCycleSettlement',
          {
            agents: ['A', 'B', 'C', 'A'],
            tx_amounts: [5, 6, 7],
            net_positions: [-10, 4, 6, -10],
            total_value: 18,
            tx_ids: ['p', 'q', 'r'],
          },
        ],
        [
          3,
          'ScenarioEventExecuted',
          happens('direct_transfer', { from_agent: 'C', to_agent: 'A', amount: 100 }),
        ],
        [
          3,
          'ScenarioEventExecuted',
          happens('scheduled_settlement', { from_agent: 'B', to_agent: 'C', amount: 9, settled: true }),
        ],
        [3, 'RtgsImmediateSettlement', settles('B', 'C', 9, 264), { tx: 'scheduled_settlement_1' }],
        [
          4,
          'Queue2LiquidityRelease',
          { sender: 'A', receiver: 'B', amount: 30, queue_wait_ticks: 3 },
          { tx: 'c2' },
        ],
        [5, 'RtgsImmediateSettlement', settles('A', 'D', 1, 95), { tx: 'unlogged' }],
      ]),
      ...events('deferred', [
        [0, 'LiquidityAllocation', { day: 0, fraction: 0.2, amount: 20, balance_after: 20 }, { agent: 'A' }],
        [0, 'LiquidityAllocation', { day: 0, fraction: 0.2, amount: 20, balance_after: 20 }, { agent: 'B' }],
        [0, 'RtgsImmediateSettlement', settles('A', 'B', 15, 20), { tx: '1' }],
        [0, 'RtgsImmediateSettlement', settles('B', 'A', 20, 20), { tx: '2' }],
        [0, 'DeferredCreditApplied', { amount: 20, source_transactions: ['2'] }, { agent: 'A' }],
        [0, 'DeferredCreditApplied', { amount: 15, source_transactions: ['1'] }, { agent: 'B' }],
        [1, 'LiquidityReturn', { amount: 20, balance_after: 5 }, { agent: 'A' }],
        [1, 'LiquidityReturn', { amount: 20, balance_after: -5 }, { agent: 'B' }],
      ]),
      ...events('pool', [[0, 'EndOfDay', { day: 0, unsettled_count: 0, total_penalties: 0 }]]),
      ...events('names', [
        [
          0,
          'RtgsImmediateSettlement',
          '{"sender": "Z\\u00fcrich \\"1\\"", "receiver": "B", "amount": 5, "sender_balance_before": 9}',
        ],
        [1, 'LiquidityReturn', { amount: 4, balance_after: 0 }, { agent: 'Zürich "1"' }],
      ]),
      ...events('costs', [
        [0, 'CostAccrual', accrues({ delay_cost: 10, penalty_cost: 50, total: 160 }), { agent: 'A' }],
        [0, 'CostAccrual', accrues({ split_friction_cost: 3, total: 3 }), { agent: 'A' }],
        [1, 'CostAccrual', accrues({ liquidity_cost: 2, collateral_cost: 1, total: 3 }), { agent: 'B' }],
        [1, 'CostAccrual', accrues({ total: 9_007_199_254_740_993 }), { agent: 'C' }],
        [0, 'TransactionWentOverdue', { sender_id: 'A', amount: 1, deadline_penalty_cost: 40 }, { tx: 't' }],
        [1, 'EndOfDay', { day: 0, unsettled_count: 1, total_penalties: 10 }],
        [
          1,
          'OverdueTransactionSettled',
          { sender_id: 'A', amount: 1, deadline_penalty_cost: 40 },
          { tx: 't' },
        ],
      ]),
      ...events('orphan', [[4, 'Arrival', { sender_id: 'A', amount: 1 }, { tx: 't' }]]),
    ],
  });
  ({ engine } = await openFixture(path));
});

const summaryOf = (id: string) =>
  ask(engine, runSummary, { fileId: fileId('f1'), simulationId: simulationId(id) });
/** `agent start end lowest mismatches` per agent. */
const balancesOf = async (id: string) =>
  (await summaryOf(id))?.agents.map(({ agentId, balances: b }) =>
    b === undefined
      ? `${agentId} not known`
      : `${agentId} ${b.startCents} ${b.endCents} ${b.lowestCents} ${b.mismatches}`,
  );

describe('counts', () => {
  test('arrivals leave out the children of a split (7.2, 11.27)', async () => {
    const summary = await summaryOf('offsets');
    expect(summary?.eventCounts.get('Arrival')).toBe(3);
    expect(summary?.arrivals).toBe(1);
  });

  test('a split payment settles once, with its last part; what never arrived is no payment (7.2)', async () => {
    const summary = await summaryOf('offsets');
    expect(summary?.settlements).toEqual({
      immediate: 0,
      fromQueue2: 0,
      offset: 0,
      inferred: 0,
      inParts: 1,
    });
    expect(summary).toMatchObject({ queued: 1, tickCount: 6, eventCount: 13 });
  });

  test('an overdue payment that settles is no second settlement (7.4)', async () => {
    expect((await summaryOf('costs'))?.settlements).toMatchObject({ immediate: 0, fromQueue2: 0, offset: 0 });
  });
});

describe('balances (7.4)', () => {
  test('offsets move the net, a cycle repeats its first agent, a scheduled settlement counts once', async () => {
    // A: 100 -30 -30 -10 +100 -30 -1; a credit that no event tells of shows as a mismatch.
    expect(await balancesOf('offsets')).toEqual([
      'A 100 99 30 1',
      'B 200 285 200 0',
      'C 300 215 215 0',
      'D 50 51 50 0',
    ]);
  });

  test('deferred credits are usable at the end of the tick; allocation and return move the pool', async () => {
    expect(await balancesOf('deferred')).toEqual(['A 0 5 0 0', 'B 0 -5 -5 0', 'C 0 0 0 0']);
  });

  test('an agent with a pool of unknown share has no balance, one without movements keeps its own', async () => {
    expect(await balancesOf('pool')).toEqual([]);
    expect(await balancesOf('silent')).toEqual(['A 7 7 7 0']);
  });

  test('a name that JSON escapes is one agent', async () => {
    expect(await balancesOf('names')).toEqual(['Zürich "1" 9 0 0 0']);
  });
});

describe('costs (7.3)', () => {
  test('opportunity is what the parts leave of the total, and deadline penalties are not added twice', async () => {
    const summary = await summaryOf('costs');
    expect(summary?.agents.map(({ agentId, costs }) => [agentId, costs])).toEqual([
      [
        'A',
        {
          totalCents: 163n,
          overdraftCents: 0n,
          delayCents: 10n,
          collateralCents: 0n,
          penaltyCents: 50n,
          splitFrictionCents: 3n,
          opportunityCents: 100n,
        },
      ],
      [
        'B',
        {
          totalCents: 3n,
          overdraftCents: 2n,
          delayCents: 0n,
          collateralCents: 1n,
          penaltyCents: 0n,
          splitFrictionCents: 0n,
          opportunityCents: 0n,
        },
      ],
      [
        'C',
        {
          totalCents: 9_007_199_254_740_992n,
          overdraftCents: 0n,
          delayCents: 0n,
          collateralCents: 0n,
          penaltyCents: 0n,
          splitFrictionCents: 0n,
          opportunityCents: 9_007_199_254_740_992n,
        },
      ],
    ]);
    expect(summary).toMatchObject({ overdue: 1, deadlinePenaltyCents: 40n, endOfDayPenaltyCents: 10n });
  });
});

test('an orphan is counted from its events, an unknown id is none', async () => {
  expect(await summaryOf('orphan')).toMatchObject({ run: undefined, arrivals: 1, tickCount: 5 });
  expect(await summaryOf('nowhere')).toBeUndefined();
});
