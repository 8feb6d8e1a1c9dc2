import { beforeAll, expect, test } from 'vitest';

import type { Engine } from '../../engine/engine.ts';
import { agentId, fileId, simulationId } from '../../lib/ids.ts';
import { sql } from '../../lib/sql.ts';
import { ask } from '../../testing/ask.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { openFixture } from '../../testing/openFixture.ts';
import { runSummary } from '../runSummary.ts';
import { consistencyChecks } from './consistencyChecks.ts';
import { runOutline } from './runOutline.ts';
import { paymentCount, paymentPage } from './runPayments.ts';
import { runSeries } from './runSeries.ts';
import { tickState } from './tickState.ts';

const accrual = (total: string) =>
  `{"costs": {"liquidity_cost": 0, "delay_cost": ${total}, "collateral_cost": 0, "penalty_cost": 0, "split_friction_cost": 0, "total": ${total}}}`;
const settlement = '{"sender": "A", "receiver": "B", "amount": 10, "sender_balance_before": 100}';
const arrival = { sender_id: 'A', receiver_id: 'B', amount: 10, deadline: 1, priority: 5 };

/** A payment that arrives and settles, a cost of the first tick, and 7 cents in the second. */
const eventsOf = (simulation: string, firstTotal: string, settles: string) => [
  { simulation, tick: 0, type: 'Arrival', tx: 'p', details: arrival },
  { simulation, tick: 0, type: 'CostAccrual', agent: 'A', details: accrual(firstTotal) },
  { simulation, tick: 1, type: 'CostAccrual', agent: 'A', details: accrual('7') },
  { simulation, tick: 1, type: 'RtgsImmediateSettlement', tx: 'p', details: settles },
];

let engine: Engine;
let kinds: Engine;
beforeAll(async () => {
  const row = {
    arrivals: 1,
    settlements: 1,
    totalCost: 7,
    configJson: { agents: [{ id: 'A', opening_balance: 100 }] },
  };
  const ids = ['fine', 'nan', 'fraction', 'infinity', 'text'];
  const path = await writeFixture('simulation-only', {
    runs: ids.map((id) => ({ id, ...row })),
    simulationEvents: [
      ...eventsOf('fine', '0', settlement),
      ...eventsOf('nan', 'NaN', 'not json'),
      ...eventsOf('fraction', '0.5', settlement),
      ...eventsOf('infinity', '-Infinity', settlement),
      ...eventsOf('text', '0', settlement.replace('10', '"ten"')),
    ],
  });
  ({ engine } = await openFixture(path));
  ({ engine: kinds } = await openFixture(await writeKinds()));
});

const scope = (id: string) => ({ fileId: fileId('f1'), simulationId: simulationId(id) });
const outcomesOf = async (id: string) =>
  Object.fromEntries(
    (await ask(engine, consistencyChecks, scope(id)))?.map((check) => [check.id, check.outcome]) ?? [],
  );

test('a run that can be read has its cost and its settlements', async () => {
  const summary = await ask(engine, runSummary, scope('fine'));
  expect(summary).toMatchObject({ totalCostCents: 7n, settlements: { immediate: 1 } });
  expect(await outcomesOf('fine')).toMatchObject({ 'total-cost': 'balances', settlements: 'balances' });
});

test('what an accrual and a settlement that cannot be read say is unknown, and the checks say so', async () => {
  const summary = await ask(engine, runSummary, scope('nan'));
  expect(summary?.unreadable).toEqual({ settlements: 1, accruals: 1 });
  expect(summary?.totalCostCents).toBeUndefined();
  expect(summary?.settlements).toBeUndefined();
  expect(summary?.arrivals).toBe(1);
  expect(summary?.agents.find(({ agentId }) => agentId === 'A')?.costs).toBeUndefined();
  expect(await outcomesOf('nan')).toMatchObject({
    'total-cost': 'unreadable',
    'opportunity-cost': 'unreadable',
    'money-conserved': 'unreadable',
    'recorded-balances': 'unreadable',
    arrivals: 'balances',
    settlements: 'unreadable',
  });
  const { gaps } = (await ask(engine, runOutline, scope('nan'))) ?? {};
  expect(gaps).toContain(
    '2 events cannot be read: 1 settlement and 1 cost accrual. From there on balances, queues and costs of the banks concerned are unknown.',
  );
});

test.each(['fraction', 'infinity'])('a cost that is a %s is no cost', async (id) => {
  const summary = await ask(engine, runSummary, scope(id));
  expect(summary?.totalCostCents).toBeUndefined();
  expect(summary?.settlements).toMatchObject({ immediate: 1 });
});

test('an amount that is a text leaves the cost alone', async () => {
  const summary = await ask(engine, runSummary, scope('text'));
  expect(summary?.totalCostCents).toBe(7n);
  expect(summary?.settlements).toBeUndefined();
});

/** An event of each kind at tick 1 whose details are no integer, break off, or are not there. */
const broken = {
  'an arrival': [
    'Arrival',
    '{"sender_id": "A", "receiver_id": "B", "amount": 7.5, "deadline": 9, "priority": 5}',
  ],
  'an accrual without details': ['CostAccrual', null],
  'a part of a cost': ['CostAccrual', accrual('1').replace('"penalty_cost": 0', '"penalty_cost": Infinity')],
  'a return of a pool': ['LiquidityReturn', '{"amount": NaN, "balance_after": 0}'],
  'a post of collateral': ['CollateralPost', '{"amount": 5, "reason": "x", "new_tot'],
  'a transfer of the scenario': [
    'ScenarioEventExecuted',
    '{"scenario_event_type": "direct_transfer", "details_json": "{\\"from_agent\\": \\"A\\", \\"to_agent\\": \\"B\\", \\"amount\\": NaN}"}',
  ],
  'a change of a cap': [
    'ScenarioEventExecuted',
    '{"scenario_event_type": "collateral_adjustment", "details_json": "{\\"agent\\": \\"A\\", \\"delta\\": 0.5}"}',
  ],
  'a split': ['PolicySplit', '{"num_splits": 2, "child_ids": ['],
  'an overdue payment': ['TransactionWentOverdue', '{"sender_id": "A", "deadline_penalty_cost": Infinity}'],
  'the end of a day': ['EndOfDay', 'not json'],
  'a whole number written otherwise': ['CostAccrual', accrual('5e1')],
} as const satisfies Record<string, readonly [string, string | null]>;
type Kind = keyof typeof broken;

function writeKinds(): Promise<string> {
  const names = Object.keys(broken) as Kind[];
  const configJson = {
    agents: [{ id: 'A', opening_balance: 100 }, { id: 'B' }],
    lsm_config: { enable_cycles: false },
  };
  return writeFixture(
    'simulation-only',
    {
      runs: names.map((id) => ({ id, arrivals: 1, settlements: 1, totalCost: 7, configJson })),
      simulationEvents: names.flatMap((simulation) => [
        { simulation, tick: 0, type: 'Arrival', tx: 'p', details: arrival },
        { simulation, tick: 0, type: 'RtgsImmediateSettlement', tx: 'p', details: settlement },
        { simulation, tick: 1, type: broken[simulation][0], agent: 'A', tx: 'q', details: 'broken' },
        { simulation, tick: 2, type: 'CostAccrual', agent: 'B', details: accrual('3') },
      ]),
    },
    {
      statements: [
        // Another writer's table takes events without details.
        sql`CREATE TABLE others AS FROM simulation_events`,
        sql`DROP TABLE simulation_events`,
        sql`ALTER TABLE others RENAME TO simulation_events`,
        ...names.map(
          (simulation) => sql`UPDATE simulation_events SET details = ${broken[simulation][1]}
            WHERE simulation_id = ${simulation} AND tick = 1`,
        ),
      ],
    },
  );
}

/** What is unknown of bank A in each of the three ticks, and of the run. */
async function unknownOf(kind: Kind) {
  const states = [0, 1, 2].map((tick) => ask(kinds, tickState, { ...scope(kind), tick: tick }));
  const ofA = (await Promise.all(states)).map((state) =>
    state?.agents.find((agent) => agent.agentId === agentId('A')),
  );
  const summary = await ask(kinds, runSummary, scope(kind));
  return {
    balance: ofA.map((state) => state?.balanceCents),
    queue1: ofA.map((state) => state?.queue1?.payments),
    cost: ofA.map((state) => state?.costsSoFar?.totalCents),
    posted: ofA.map((state) => state?.postedCollateralCents),
    cap: ofA.map((state) => state?.unsecuredCapCents),
    summary,
  };
}

const known = {
  balance: [90n, 90n, 90n],
  queue1: [0, 0, 0],
  cost: [0n, 0n, 0n],
  posted: [0n, 0n, 0n],
  cap: [0n, 0n, 0n],
};
const lost = undefined;

test.each<
  readonly [
    Kind,
    Partial<typeof known> | Readonly<Record<string, unknown>>,
    Readonly<Record<string, unknown>>,
  ]
>([
  ['an arrival', { queue1: [0, lost, lost] }, { settlements: lost, arrivals: 2 }],
  ['an accrual without details', { cost: [0n, lost, lost] }, { totalCostCents: lost }],
  ['a part of a cost', { cost: [0n, lost, lost] }, { totalCostCents: lost }],
  ['a return of a pool', { balance: [90n, lost, lost] }, { totalCostCents: 3n }],
  ['a post of collateral', { posted: [0n, lost, lost] }, { totalCostCents: 3n }],
  ['a transfer of the scenario', { balance: [90n, lost, lost] }, { arrivals: 1 }],
  ['a change of a cap', { cap: [0n, lost, lost] }, { arrivals: 1 }],
  ['a split', {}, { arrivals: lost, settlements: lost, overdue: lost }],
  ['an overdue payment', {}, { deadlinePenaltyCents: lost, endOfDayPenaltyCents: 0n }],
  ['the end of a day', {}, { deadlinePenaltyCents: 0n, endOfDayPenaltyCents: lost }],
  ['a whole number written otherwise', { cost: [0n, 50n, 50n] }, { totalCostCents: 53n }],
])('%s that cannot be read enters no number', async (kind, unknown, summary) => {
  const found = await unknownOf(kind);
  expect(found).toMatchObject({ ...known, ...unknown });
  expect(found.summary).toMatchObject(summary);
  const count = Object.values(found.summary?.unreadable ?? {}).reduce((sum, each) => sum + each, 0);
  expect(count).toBe(kind === 'a whole number written otherwise' ? 0 : 1);
});

test('a payment whose settlement cannot be read has no known end, and its bank no line beyond it', async () => {
  const [payment] = await ask(engine, paymentPage, { ...scope('nan'), filter: {}, offset: 0, limit: 10 });
  expect(payment).toMatchObject({ status: 'unknown', settlementTick: undefined, settledBy: undefined });
  const settled = await ask(engine, paymentCount, { ...scope('nan'), filter: { status: 'settled' } });
  expect(settled).toMatchObject({ payments: 0, amountCents: 0n });
  const balances = await ask(engine, runSeries, { ...scope('nan'), metric: 'balance' });
  expect(balances?.lines.get(agentId('A'))?.map(({ toTick }) => toTick)).toEqual([0]);
  const state = await ask(engine, tickState, { ...scope('nan'), tick: 1 });
  expect(state).toMatchObject({ moveCount: 0, unreadableMoves: 1 });
});

test('a payment whose arrival cannot be read is counted and not listed', async () => {
  const count = await ask(kinds, paymentCount, { ...scope('an arrival'), filter: {} });
  expect(count).toMatchObject({ payments: 1, amountCents: 10n, unreadable: 1 });
});
