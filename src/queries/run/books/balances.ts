import type { Engine } from '../../../engine/engine.ts';
import { int, money, nullable, queryRows } from '../../../engine/rows.ts';
import { formatMoney } from '../../../lib/format.ts';
import { sql } from '../../../lib/sql.ts';
import type { BookCheck } from '../../../domain/answers/runs.ts';
import { cents } from '../../../lib/units.ts';
import { integerIn } from '../../read/eventFields.ts';
import type { PreparedRun } from '../prepare/prepareRun.ts';
import { kindIn, withDetails } from '../prepare/tables.ts';
import { offsetCause } from './cause.ts';
import { mostSeqs } from './check.ts';

/** Money is conserved, and recorded balances are those that the events give. */
export async function balanceChecks(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<readonly BookCheck[]> {
  return [await conserved(engine, run, signal), await recorded(engine, run, signal)];
}

/** Money comes and goes with the pool alone; anything else that changes the sum of all balances is lost or made. */
async function conserved(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<BookCheck> {
  const pool = sql`SELECT seq FROM ${run.table('events')}
    WHERE ${kindIn(run, 'LiquidityAllocation', 'LiquidityReturn')}`;
  const [found] = await queryRows(
    engine,
    sql`WITH inner_moves AS (SELECT tick, cents FROM ${run.table('moves')} WHERE seq NOT IN (${pool})),
      ticks AS (SELECT tick, sum(cents) AS made FROM inner_moves GROUP BY tick HAVING sum(cents) <> 0)
      SELECT (SELECT count(*) FROM inner_moves) AS moves, count(*) AS ticks, min(tick) AS first_tick,
        coalesce(sum(made), 0)::BIGINT AS made FROM ticks`,
    { moves: int, ticks: int, firstTick: nullable(int), made: money },
    signal,
  );
  const moves = found?.moves ?? 0;
  const wrong = found?.ticks ?? 0;
  return {
    id: 'money-conserved',
    title: 'At every tick, money only moves between agents',
    outcome: moves === 0 ? 'not recorded' : wrong === 0 ? 'balances' : 'differs',
    expected: moves === 0 ? undefined : formatMoney(nothing),
    found: moves === 0 ? undefined : formatMoney(found?.made ?? nothing),
    differenceCents: moves === 0 ? undefined : found?.made,
    why:
      moves === 0
        ? 'No event of this run moves money.'
        : wrong === 0
          ? 'Apart from pools that are allocated and returned, what one agent pays another one gets, in the same tick.'
          : `At ${wrong} of the ticks, first at tick ${found?.firstTick}, agents get more or less than others pay.`,
    seqs: [],
  };
}

const nothing = cents(0n);

/** `sender_balance_before` and `balance_after` of events, and what a settlement leaves behind. */
async function recorded(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<BookCheck> {
  const rows = await queryRows(
    engine,
    sql`WITH running AS (
        SELECT seq, recorded_before, start + sum(cents) OVER (PARTITION BY m.agent ORDER BY seq, later, cents DESC
          ROWS UNBOUNDED PRECEDING) - cents AS before
        FROM ${run.table('moves')} m JOIN ${run.table('starts')} s ON s.agent = m.agent
      )
      SELECT seq, (recorded_before - before)::BIGINT AS difference, count(*) OVER () AS mismatches
      FROM running WHERE recorded_before <> before ORDER BY seq LIMIT ${mostSeqs}`,
    { seq: int, difference: money, mismatches: int },
    signal,
  );
  const arithmetic = await queryRows(
    engine,
    sql`SELECT seq FROM ${withDetails(run, 'RtgsImmediateSettlement')}
      WHERE ${integerIn('sender_balance_before')} - ${integerIn('amount')} <> ${integerIn('sender_balance_after')}
      ORDER BY seq LIMIT ${mostSeqs}`,
    { seq: int },
    signal,
  );
  const [compared] = await queryRows(
    engine,
    sql`SELECT count(recorded_before) AS balances FROM ${run.table('moves')}`,
    { balances: int },
    signal,
  );
  const count = compared?.balances ?? 0;
  const wrong = (rows[0]?.mismatches ?? 0) + arithmetic.length;
  const cause = arithmetic.length === 0 ? await offsetCause(engine, run, signal) : undefined;
  return {
    id: 'recorded-balances',
    title: 'Balances that settlements and pools record are those that all events before them give',
    outcome:
      count === 0 ? 'not recorded' : wrong === 0 ? 'balances' : cause === undefined ? 'differs' : 'known gap',
    expected: count === 0 ? undefined : `${count.toLocaleString('en-GB')} recorded balances`,
    found: count === 0 ? undefined : `${(count - wrong).toLocaleString('en-GB')} the same`,
    differenceCents: rows[0]?.difference,
    why:
      count === 0
        ? 'No event of this run records a balance.'
        : wrong === 0
          ? 'Every recorded balance is the one rebuilt from the events before it.'
          : (cause ?? 'Movements of money are missing among the events, or one of them is wrong.'),
    seqs: [...rows.map(({ seq }) => seq), ...arithmetic.map(({ seq }) => seq)].slice(0, mostSeqs),
  };
}
