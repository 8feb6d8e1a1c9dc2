import { beforeAll, describe, expect, test } from 'vitest';

import type { Engine } from '../../engine/engine.ts';
import { int, nullable, queryRows, text } from '../../engine/rows.ts';
import { toJsonObject } from '../../lab/record/toJson.ts';
import { join, sql, trusted, type Sql } from '../../lib/sql.ts';
import { agentId, fileId, simulationId } from '../../lib/ids.ts';
import { openingOf } from '../../domain/replay/replay.ts';
import { ask } from '../../testing/ask.ts';
import { busyScenario } from '../../testing/busyScenario.ts';
import { writeLabFile } from '../../testing/labFile.ts';
import { openFixture } from '../../testing/openFixture.ts';
import { expectReplayed } from '../../testing/replayAgainst.ts';
import { objectOf } from '../read/eventFields.ts';
import { consistencyChecks } from './consistencyChecks.ts';
import { runOutline } from './runOutline.ts';
import { runSeries } from './runSeries.ts';
import { tickState } from './tickState.ts';

/** What is damaged per tick, and per day, in a copy of the run; the name of the field, by how much. */
const damages = [
  [
    'balance',
    sql`balance = balance + 17`,
    17n,
    'opening balance',
    sql`opening_balance = opening_balance + 1`,
    1n,
  ],
  [
    'delay cost of the tick',
    sql`delay_cost_delta = delay_cost_delta + 1`,
    1n,
    'closing balance',
    sql`closing_balance = closing_balance - 1`,
    -1n,
  ],
  [
    'penalty cost so far',
    sql`penalty_cost = penalty_cost + 1`,
    1n,
    'penalty cost',
    sql`deadline_penalty_cost = deadline_penalty_cost + 1, total_cost = total_cost + 1`,
    1n,
  ],
  [
    'posted collateral',
    sql`posted_collateral = posted_collateral - 1`,
    -1n,
    'opportunity cost',
    sql`total_cost = total_cost + 1`,
    1n,
  ],
  [
    'change of balance',
    sql`balance_change = balance_change + 1`,
    1n,
    'number of settled payments',
    sql`num_settled = num_settled + 1`,
    undefined,
  ],
] as const;

/** Sums that start anew each morning, and the cost of its first tick, as the original stores them. */
function setToZeroEachMorning(id: string): Sql {
  const names = ['liquidity_cost', 'delay_cost', 'collateral_cost', 'penalty_cost', 'split_friction_cost'];
  const changes = names.flatMap((name) => {
    const [sum, delta] = [trusted(name), trusted(`${name}_delta`)];
    return [
      sql`${sum} = t.${sum} - e.${sum}`,
      sql`${delta} = CASE WHEN t.tick = 12 THEN t.${delta} - e.${sum} ELSE t.${delta} END`,
    ];
  });
  return sql`UPDATE tick_agent_states t SET ${join(changes, ', ')} FROM tick_agent_states e
    WHERE t.simulation_id = ${id} AND e.simulation_id = ${id} AND e.agent_id = t.agent_id AND e.tick = 11
      AND t.tick > 11`;
}

const scopeOf = (id: string) => ({ fileId: fileId('f1'), simulationId: simulationId(id) });
let engine: Engine;
beforeAll(async () => {
  const more = ['whole', 'queues', 'short', 'beyond', 'mornings'].map((id) => ({ id }));
  const bankB = sql`agent_id = 'BANK_B'`;
  const path = await writeLabFile(
    [...more, ...damages.map((_, number) => ({ id: `damaged-${number}` }))],
    [
      ...damages.flatMap(([, tick, , , day], number) => [
        sql`UPDATE tick_agent_states SET ${tick}
          WHERE simulation_id = ${`damaged-${number}`} AND tick = 5 AND ${bankB}`,
        sql`UPDATE daily_agent_metrics SET ${day}
          WHERE simulation_id = ${`damaged-${number}`} AND day = 1 AND ${bankB}`,
      ]),
      sql`DELETE FROM tick_queue_snapshots WHERE simulation_id = 'queues' AND tick = 4`,
      sql`DELETE FROM tick_agent_states WHERE simulation_id = 'short' AND tick > 20`,
      sql`UPDATE tick_agent_states SET tick = 99 WHERE simulation_id = 'beyond' AND tick = 23 AND ${bankB}`,
      setToZeroEachMorning('mornings'),
    ],
  );
  ({ engine } = await openFixture(path));
});

/** By run: each is checked once. */
const checked = new Map<string, ReturnType<typeof checksOf>>();
const checksOf = (run: string) => ask(engine, consistencyChecks, scopeOf(run));

async function checkOf(run: string, check: 'tick-states' | 'daily-metrics') {
  const checks = checked.get(run) ?? checksOf(run);
  checked.set(run, checks);
  return (await checks)?.find(({ id }) => id === check);
}

describe('a run with states stored per tick', () => {
  test('is shown from them, tick by tick what the independent replay finds', async () => {
    expect((await ask(engine, runOutline, scopeOf('whole')))?.stateSource).toBe('tick states');
    const rows = await queryRows(
      engine,
      sql`SELECT tick, event_type, agent_id, tx_id, details FROM simulation_events WHERE simulation_id = 'whole'
        ORDER BY tick, event_timestamp, row_order`,
      { tick: int, eventType: text, agentId: nullable(text), txId: nullable(text), details: text },
    );
    const events = rows.map(({ details, ...row }) => ({ ...row, details: objectOf(details) ?? {} }));
    const opening = openingOf(toJsonObject(busyScenario(11)));
    if (opening === undefined) throw new Error('not a scenario');
    expect(await expectReplayed(engine, scopeOf('whole'), opening, events)).toBe(24);
  });

  test('balances: 96 rows of a tick, 8 of a day', async () => {
    expect(await checkOf('whole', 'tick-states')).toMatchObject({ outcome: 'balances', expected: '96 rows' });
    expect(await checkOf('whole', 'daily-metrics')).toMatchObject({
      outcome: 'balances',
      expected: '8 rows',
    });
  });

  // Four runs stay prepared: first what is held against the whole one.
  test('shows a row as it is stored', async () => {
    const balanceIn = async (id: string) =>
      (await ask(engine, tickState, { ...scopeOf(id), tick: 5 }))?.agents[1]?.balanceCents ?? 0n;
    expect(await balanceIn('damaged-0')).toBe((await balanceIn('whole')) + 17n);
    const series = await ask(engine, runSeries, { ...scopeOf('damaged-0'), metric: 'balance' });
    expect(series?.lines.get(agentId('BANK_B'))?.[5]?.lastCents).toBe(await balanceIn('damaged-0'));
  });

  test('takes queues from their snapshots, and finds payments that are missing there', async () => {
    const queued = async (id: string) =>
      (await ask(engine, tickState, { ...scopeOf(id), tick: 4 }))?.agents.map(
        ({ queue1 }) => queue1?.payments,
      );
    expect(await queued('queues')).toEqual([0, 0, 0, 0]);
    expect(await queued('whole')).not.toEqual([0, 0, 0, 0]);
    const check = await checkOf('queues', 'tick-states');
    expect(check?.outcome).toBe('differs');
    expect(check?.why).toMatch(/^First at tick 4, BANK_.: value of Queue [12] as stored/);
  });

  test('balances where sums start anew each morning; cost so far goes on over the days', async () => {
    expect(await checkOf('mornings', 'tick-states')).toMatchObject({ outcome: 'balances' });
    const costs = async (id: string) =>
      (await ask(engine, tickState, { ...scopeOf(id), tick: 23 }))?.agents.map(
        ({ costsSoFar }) => costsSoFar,
      );
    expect(await costs('mornings')).toEqual(await costs('whole'));
  });

  test('tells rows that are missing, and rows of no tick', async () => {
    const short = await checkOf('short', 'tick-states');
    expect(short).toMatchObject({ outcome: 'balances', expected: '84 rows' });
    expect(short?.why).toContain('12 rows of an agent and tick are not stored');
    expect(await checkOf('beyond', 'tick-states')).toMatchObject({
      outcome: 'differs',
      why: 'Stored rows that belong to no tick of the run: 1.',
    });
  });

  test.for(
    damages.map(([tickField, , tickCents, dayField, , dayCents], number) => ({
      id: `damaged-${number}`,
      tickField,
      tickCents,
      dayField,
      dayCents,
    })),
  )(
    '$tickField and $dayField: a changed row is found',
    async ({ id, tickField, tickCents, dayField, dayCents }) => {
      const ofTick = await checkOf(id, 'tick-states');
      expect(ofTick).toMatchObject({ outcome: 'differs', differenceCents: tickCents, stored: 'found' });
      expect(ofTick?.why).toBe(
        `First at tick 5, BANK_B: ${tickField} as stored is not what the events give. 1 of 96 rows differs.`,
      );
      expect(ofTick?.seqs.length).toBeGreaterThan(0);
      const ofDay = await checkOf(id, 'daily-metrics');
      expect(ofDay).toMatchObject({ outcome: 'differs', differenceCents: dayCents });
      expect(ofDay?.why).toBe(
        `First at day 1, BANK_B: ${dayField} as stored is not what the events give. 1 of 8 rows differs.`,
      );
    },
  );
});
