import { allocatingEvents, returningEvents } from '../../../domain/events.ts';
import type { Engine } from '../../../engine/engine.ts';
import { boolean, int, queryRows } from '../../../engine/rows.ts';
import { listedCosts, opportunityCost } from '../../../domain/costs.ts';
import { ident, join, sql, type Sql } from '../../../lib/sql.ts';
import type { ConsistencyCheck } from '../../../domain/answers/runs.ts';
import { costColumns } from '../prepare/costs.ts';
import type { PreparedRun } from '../prepare/prepareRun.ts';
import { storedRows } from '../prepare/recorded.ts';
import { kindIn } from '../prepare/tables.ts';
import { absent, compareStored, type ComparedField } from './storedRows.ts';

export const noDailyMetrics = (): ConsistencyCheck =>
  absent(about, 'The file stores no figures per day of this run.');

const about = {
  id: 'daily-metrics',
  title: 'Balances, costs and settlements stored per day match the replay',
};

/**
 * Rows of `daily_agent_metrics` against the replayed days. Costs there are those of the day: the original sets its
 * sums to zero each morning (domain.md 1.2). What the total exceeds its parts by is opportunity cost (2.10).
 */
export async function dailyMetricsCheck(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<ConsistencyCheck> {
  const { ticksPerDay } = run;
  const [found] = await queryRows(
    engine,
    sql`SELECT count(*) AS days, coalesce(bool_or(num_settled <> 0 OR num_arrivals <> 0 OR num_sent <> 0), FALSE) AS counted
      FROM ${storedRows(run.scope, 'daily_agent_metrics')}`,
    { days: int, counted: boolean },
    signal,
  );
  if ((found?.days ?? 0) === 0) return noDailyMetrics();
  if (run.eventCount === 0) return absent(about, 'The file records no events of this run to compare with.');
  if (ticksPerDay === undefined) {
    return absent(about, 'The file does not say how many ticks a day of this run has.');
  }
  const counted = found?.counted ?? false;
  return compareStored(
    engine,
    run,
    {
      ...about,
      rows: rowsOf(run, ticksPerDay),
      fields: fieldsOf(run, counted),
      placeName: 'day',
      missing: 'The events of this run do not tell what is stored per day.',
      note: run.isBounded
        ? 'Costs of every stored day are those replayed. Balances and settlements are known within bounds only and are not compared.'
        : counted
          ? 'Every stored day of an agent is the one replayed from the events.'
          : 'Balances and costs of every stored day are those replayed. The writer left all numbers of payments at zero, as the original engine does, so they are not compared.',
    },
    signal,
  );
}

/** Stored columns keep their names; replayed ones are called `replayed_..`, the pool of the day beside them. */
function rowsOf(run: PreparedRun, ticksPerDay: number): Sql {
  const day = sql`tick // ${ticksPerDay}`;
  const sums = costColumns.map(
    (column) => sql`sum(${ident(column)})::BIGINT AS ${ident(`replayed_${column}`)}`,
  );
  const pool = (types: readonly string[]) => sql`(sum(m.cents) FILTER (${kindIn(run, ...types)}))::BIGINT`;
  const states = run.table(run.recorded.states || run.recorded.queues ? 'replayed' : 'states');
  return sql`(SELECT d.day AS place, d.day * ${ticksPerDay} AS first_tick, (d.day + 1) * ${ticksPerDay} - 1 AS last_tick,
      s.*, d.* EXCLUDE (day), coalesce(allocated, 0) AS allocated, coalesce(returned, 0) AS returned,
      coalesce(payments, 0) AS replayed_settled
    FROM (SELECT f.*, coalesce(lag(replayed_closing) OVER (PARTITION BY agent ORDER BY day), start) AS before
        FROM (SELECT agent, ${day} AS day, arg_max(balance, tick) AS replayed_closing, ${join(sums, ', ')}
          FROM ${states} GROUP BY ALL) f
        JOIN ${run.table('starts')} USING (agent)) d
    JOIN ${run.table('agents')} a ON a.no = d.agent
    JOIN ${storedRows(run.scope, 'daily_agent_metrics')} s ON s.agent_id = a.key AND s.day = d.day
    LEFT JOIN (SELECT m.agent, m.tick // ${ticksPerDay} AS day, ${pool(allocatingEvents)} AS allocated,
        ${pool(returningEvents)} AS returned
      FROM ${run.table('moves')} m JOIN ${run.table('events')} e USING (seq) GROUP BY ALL) p
      ON p.agent = d.agent AND p.day = d.day
    LEFT JOIN (SELECT sender, settlement_tick // ${ticksPerDay} AS day, count(*) AS payments
      FROM ${run.table('payments')} WHERE parent IS NULL AND settlement_tick IS NOT NULL GROUP BY ALL) w
      ON w.sender = d.agent AND w.day = d.day)`;
}

function fieldsOf({ unnamed, isBounded }: PreparedRun, counted: boolean): readonly ComparedField[] {
  const balances: readonly ComparedField[] = [
    {
      kind: 'balance',
      name: 'opening balance',
      stored: sql`opening_balance`,
      // Before or after the pool of the day is allocated: writers differ.
      replayed: sql`CASE WHEN opening_balance = before THEN before ELSE before + allocated END`,
    },
    {
      kind: 'balance',
      name: 'closing balance',
      stored: sql`closing_balance`,
      replayed: sql`CASE WHEN closing_balance = replayed_closing - returned THEN closing_balance
        ELSE replayed_closing END`,
    },
  ];
  const total = sql`total_cost - ${join(
    listedCosts.map(({ dailyColumn }) => ident(dailyColumn)),
    ' - ',
  )}`;
  const replayedTotal = sql`replayed_total - ${join(
    listedCosts.map(({ column }) => ident(`replayed_${column}`)),
    ' - ',
  )}`;
  const costs: readonly ComparedField[] = [
    ...listedCosts.map(({ column, dailyColumn, noun }): ComparedField => ({
      kind: 'cost',
      name: noun,
      stored: ident(dailyColumn),
      replayed: ident(`replayed_${column}`),
    })),
    { kind: 'cost', name: opportunityCost.noun, stored: total, replayed: replayedTotal },
  ];
  const settled: ComparedField = {
    kind: 'count',
    name: 'number of settled payments',
    stored: sql`num_settled`,
    replayed: sql`replayed_settled`,
  };
  return [
    ...(unnamed.pools === 0 && !isBounded ? balances : []),
    ...(unnamed.accruals === 0 ? costs : []),
    ...(counted && unnamed.arrivals === 0 && !isBounded ? [settled] : []),
  ];
}
