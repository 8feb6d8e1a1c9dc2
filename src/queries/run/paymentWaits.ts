import type { Engine } from '../../engine/engine.ts';
import { int, money, nullable, queryRows, type RowOf } from '../../engine/rows.ts';
import { eventTypeOf } from '../../domain/events.ts';
import type { LifeStep, PaymentRow, PaymentWaits, WaitTick } from '../../domain/answers/runs.ts';
import { sql, type Sql } from '../../lib/sql.ts';
import type { PreparedRun } from './prepare/prepareRun.ts';
import { kindIn } from './prepare/tables.ts';

/** Ticks that are set out; of more, the first and the last. */
const mostTicks = 24;

const spec = {
  tick: int,
  balance: nullable(money),
  room: nullable(money),
  aheadPayments: nullable(int),
  aheadValue: nullable(money),
  otherPayments: nullable(int),
  otherValue: nullable(money),
};

/**
 * What its sender held while a payment waited, and what it paid instead: the ticks of the payment's own events and those
 * in which another payment of the sender settled. Undefined where no event tells of its waiting. What rests on a
 * payment of which it is not known whether it settled is undefined.
 */
export async function readWaits(
  engine: Engine,
  run: PreparedRun,
  payment: PaymentRow,
  steps: readonly LifeStep[],
  signal: AbortSignal | undefined,
): Promise<PaymentWaits | undefined> {
  const { arrivalTick: from, settlementTick } = payment;
  const waits = settlementTick === undefined || settlementTick > (from ?? 0);
  if (from === undefined || run.eventCount === 0 || payment.partCount > 0 || !waits) return undefined;
  const last = settlementTick ?? endOf(payment, steps) ?? run.tickCount - 1;
  const own = [...new Set(steps.map(({ event }) => event.tick))];
  const rows = await queryRows(engine, waitsOf(run, payment, { from, last, own }), spec, signal);
  const ticks = rows.map((row) => waitTick(steps, row));
  const half = mostTicks / 2;
  const shown = ticks.length <= mostTicks ? ticks : [...ticks.slice(0, half), ...ticks.slice(-half)];
  return { fromTick: from, toTick: last, ticks: shown, leftOut: ticks.length - shown.length };
}

/** A dropped payment waits no longer; one that is not known to have settled is followed to its last event. */
function endOf({ status }: PaymentRow, steps: readonly LifeStep[]): number | undefined {
  if (status === 'unknown' || status === 'dropped') return steps.at(-1)?.event.tick;
  return undefined;
}

interface Waiting {
  readonly from: number;
  readonly last: number;
  readonly own: readonly number[];
}

/** A row for each tick that mattered, of the state at its end and of the other payments of the sender. */
function waitsOf(run: PreparedRun, payment: PaymentRow, { from, last, own }: Waiting): Sql {
  const sender = run.agents.indexOf(payment.sender);
  const bounded = run.isBounded
    ? sql`EXISTS (FROM ${run.table('bounds')} b WHERE b.tick = s.tick AND b.agent = s.agent AND b.payments2_high IS NOT NULL)`
    : sql`FALSE`;
  // Split payments stand in their parts; a dropped one waits for nothing.
  return sql`WITH this AS (SELECT tx FROM ${run.table('arrivals')} WHERE tx_id = ${payment.txId}
    ), others AS (
      SELECT p.* FROM ${run.table('payments')} p, this WHERE p.sender = ${sender} AND p.tx <> this.tx AND p.parts = 0
    ), dropped AS (
      SELECT tx, min(tick) AS tick FROM ${run.table('events')}
      WHERE tx IS NOT NULL AND ${kindIn(run, 'PolicyDrop')} GROUP BY tx
    ), paid AS (
      SELECT settlement_tick AS tick, count(*) AS payments, sum(amount) AS value FROM others
      WHERE settlement_tick BETWEEN ${from} AND ${last} GROUP BY settlement_tick
    ), ticks AS (
      SELECT DISTINCT tick FROM (SELECT tick FROM paid
        UNION ALL SELECT unnest(string_split(${own.join(',')}, ','))::INTEGER) WHERE tick BETWEEN ${from} AND ${last}
    ), ahead AS (
      SELECT t.tick, count(o.tx) AS payments, coalesce(sum(o.amount), 0) AS value
      FROM ticks t CROSS JOIN this LEFT JOIN (SELECT o.*, d.tick AS dropped_tick FROM others o LEFT JOIN dropped d USING (tx)) o
        ON o.tx < this.tx AND o.arrival_tick <= t.tick AND coalesce(o.settlement_tick > t.tick, TRUE)
        AND coalesce(o.dropped_tick > t.tick, TRUE)
      GROUP BY t.tick
    ), doubt AS (SELECT min(arrival_tick) AS since FROM others WHERE status = 'unknown')
    SELECT t.tick, CASE WHEN NOT ${bounded} THEN s.balance END AS balance,
      CASE WHEN s.posted = 0 THEN s.cap END AS room,
      CASE WHEN NOT ${isDoubted} THEN a.payments::INTEGER END AS ahead_payments,
      CASE WHEN NOT ${isDoubted} THEN a.value::BIGINT END AS ahead_value,
      CASE WHEN NOT ${isDoubted} THEN coalesce(paid.payments, 0)::INTEGER END AS other_payments,
      CASE WHEN NOT ${isDoubted} THEN coalesce(paid.value, 0)::BIGINT END AS other_value
    FROM ticks t CROSS JOIN doubt LEFT JOIN ${run.table('states')} s ON s.tick = t.tick AND s.agent = ${sender}
    JOIN ahead a ON a.tick = t.tick LEFT JOIN paid ON paid.tick = t.tick ORDER BY t.tick`;
}

const isDoubted = sql`coalesce(doubt.since <= t.tick, FALSE)`;

function waitTick(steps: readonly LifeStep[], row: RowOf<typeof spec>): WaitTick {
  const here = steps.filter(({ event }) => event.tick === row.tick);
  const group = (payments: number | undefined, valueCents: typeof row.aheadValue) =>
    payments === undefined || valueCents === undefined ? undefined : { payments, valueCents };
  return {
    tick: row.tick,
    balanceCents: row.balance,
    creditCents: row.room,
    ahead: group(row.aheadPayments, row.aheadValue),
    decision: here.find(({ event }) => eventTypeOf(event.eventType)?.decides === true),
    events: here.map(({ event }) => event),
    paidInstead: group(row.otherPayments, row.otherValue),
  };
}
