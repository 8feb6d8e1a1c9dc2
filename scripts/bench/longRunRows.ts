/** One run of a million events, as a busy day of a large scenario leaves behind, with books that balance. */
import { sql, type Sql } from '../../src/lib/sql.ts';

/** 100 events a tick: 24 payments of 3 to 5 events and a cost of each of four banks. */
export const longRun = {
  fileName: 'bench-1000000-events.db',
  simulationId: 'sim-long',
  ticks: 10_000,
  ticksPerDay: 1_000,
  paymentsPerTick: 24,
  openingCents: 50_000_000,
} as const;

const { simulationId, ticks, ticksPerDay, paymentsPerTick, openingCents } = longRun;
const banks = ['BANK_A', 'BANK_B', 'BANK_C', 'BANK_D'];
const config = JSON.stringify({
  simulation: { ticks_per_day: ticksPerDay, num_days: ticks / ticksPerDay, rng_seed: 42 },
  cost_rates: { delay_cost_per_tick_per_cent: 0.001 },
  agents: banks.map((id) => ({ id, opening_balance: openingCents, unsecured_cap: openingCents })),
});

const bank = (index: Sql) => sql`('BANK_' || chr((65 + (${index}) % 4)::INTEGER))`;

/** A third of the payments waits two ticks in Queue 2. */
const createPayments = sql`CREATE TEMP TABLE payments AS
  SELECT n, n // ${paymentsPerTick} AS tick, md5('p' || n)::UUID::VARCHAR AS tx_id,
    ${bank(sql`n`)} AS sender, ${bank(sql`n + 1 + n // 4 % 3`)} AS receiver,
    1000 + (n * 7919) % 99991 AS amount, n % 3 = 0 AS waits
  FROM range(${ticks * paymentsPerTick}) AS numbers(n)`;

/** Every settlement with its sender's balance before it, in the order of the events. */
const createSettlements = sql`CREATE TEMP TABLE settlements AS
  WITH settled AS (SELECT *, tick + CASE WHEN waits THEN 2 ELSE 0 END AS settled_at, NOT waits AS late FROM payments),
  legs AS (
    SELECT n, settled_at, late, 0 AS leg, sender AS bank, -amount AS cents FROM settled
    UNION ALL SELECT n, settled_at, late, 1, receiver, amount FROM settled
  ), running AS (
    SELECT n, leg, ${openingCents} + sum(cents) OVER (PARTITION BY bank ORDER BY settled_at, late, n, leg
      ROWS UNBOUNDED PRECEDING) - cents AS before FROM legs
  )
  SELECT settled.*, before::BIGINT AS before FROM settled JOIN running USING (n)
  WHERE leg = 0 AND settled_at < ${ticks}`;

const parties = sql`'"sender": "' || sender || '", "receiver": "' || receiver || '", "amount": ' || amount`;

const insertLongEvents = sql`INSERT INTO simulation_events
  SELECT md5('e' || row_number() OVER ())::UUID::VARCHAR, ${simulationId}, tick, tick // ${ticksPerDay},
    TIMESTAMP '2026-11-23 04:53:40' + to_milliseconds((tick // 100)::BIGINT), event_type, details, agent_id, tx_id,
    TIMESTAMP '2026-11-23 04:53:50'
  FROM (
    SELECT tick, 0 AS phase, n, 'Arrival' AS event_type, NULL AS agent_id, tx_id, '{"sender_id": "' || sender
      || '", "receiver_id": "' || receiver || '", "amount": ' || amount || ', "deadline": ' || (tick + 20)
      || ', "priority": ' || (n % 10) || ', "is_divisible": false}' AS details FROM payments
    UNION ALL SELECT tick, 1, n, 'PolicySubmit', sender, tx_id, '{}' FROM payments
    UNION ALL SELECT tick, 3, n, 'RtgsSubmission', NULL, tx_id, '{' || ${parties}
      || ', "internal_priority": 5, "rtgs_priority": "Normal"}' FROM payments WHERE n % 6 < 4
    UNION ALL SELECT tick, 4, n, 'QueuedRtgs', NULL, tx_id, '{"sender_id": "' || sender || '"}'
      FROM payments WHERE waits
    UNION ALL SELECT settled_at, CASE WHEN waits THEN 2 ELSE 4 END, n,
      CASE WHEN waits THEN 'Queue2LiquidityRelease' ELSE 'RtgsImmediateSettlement' END, NULL, tx_id,
      '{' || ${parties} || CASE WHEN waits THEN ', "queue_wait_ticks": 2, "release_reason": "liquidity_available"}'
        ELSE ', "sender_balance_before": ' || before || ', "sender_balance_after": ' || (before - amount) || '}' END
      FROM settlements
    UNION ALL SELECT tick, 5, i, 'CostAccrual', ${bank(sql`i`)}, NULL,
      '{"costs": {"liquidity_cost": 0, "delay_cost": ' || ((tick * 31 + i) % 97)
      || ', "collateral_cost": 0, "penalty_cost": 0, "split_friction_cost": 0, "total": '
      || ((tick * 31 + i) % 97 + 415) || '}}' FROM range(${ticks}) AS t(tick), range(4) AS b(i)
  ) ORDER BY tick, phase, n`;

/** After the tables of dialect B: the run, its events, nothing else. */
export const insertLongRun: readonly Sql[] = [
  createPayments,
  createSettlements,
  sql`INSERT INTO simulations SELECT ${simulationId}, NULL, 'long run', NULL, 42, ${ticksPerDay},
    ${ticks / ticksPerDay}, 4, 'completed', TIMESTAMP '2026-11-23 04:53:40', TIMESTAMP '2026-11-23 04:53:50',
    ${ticks * paymentsPerTick}, (SELECT count(*) FROM settlements),
    (SELECT sum((tick * 31 + i) % 97 + 415) FROM range(${ticks}) AS t(tick), range(4) AS b(i)), 0.0, 0.0,
    ${config}, NULL, NULL`,
  insertLongEvents,
];
