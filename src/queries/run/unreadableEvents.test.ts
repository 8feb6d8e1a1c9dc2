import { beforeAll, expect, test } from 'vitest';

import type { Engine } from '../../engine/engine.ts';
import { fileId, simulationId } from '../../lib/ids.ts';
import { ask } from '../../testing/ask.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { openFixture } from '../../testing/openFixture.ts';
import { runSummary } from '../runSummary.ts';
import { bookChecks } from './bookChecks.ts';
import { runOutline } from './runOutline.ts';

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
});

const scope = (id: string) => ({ fileId: fileId('f1'), simulationId: simulationId(id) });
const outcomesOf = async (id: string) =>
  Object.fromEntries(
    (await ask(engine, bookChecks, scope(id)))?.map((check) => [check.id, check.outcome]) ?? [],
  );

test('a run that can be read has its cost and its settlements', async () => {
  const summary = await ask(engine, runSummary, scope('fine'));
  expect(summary).toMatchObject({ totalCostCents: 7n, settlements: { immediate: 1 } });
  expect(await outcomesOf('fine')).toMatchObject({ 'total-cost': 'balances', settlements: 'balances' });
});

test('what an accrual and a settlement that cannot be read say is unknown, and the checks say so', async () => {
  const summary = await ask(engine, runSummary, scope('nan'));
  expect(summary?.unreadable).toEqual({ arrivals: 0, settlements: 1, accruals: 1 });
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
    '2 events cannot be read: 1 settlement and 1 cost accrual. From there on balances and settlements and costs are not complete.',
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
