import type { ConsistencyCheck } from '../../../domain/answers/runs.ts';
import { listedCosts, opportunityCost } from '../../../domain/costs.ts';
import { allocatingEvents, returningEvents } from '../../../domain/events.ts';
import type { Engine } from '../../../engine/engine.ts';
import { int, queryRows, boolean } from '../../../engine/rows.ts';
import { formatCount, plural } from '../../../lib/format.ts';
import { ident, join, sql, type Sql } from '../../../lib/sql.ts';
import { costColumns, kindIn } from '../prepare/tables.ts';
import type { PreparedRun } from '../prepare/prepareRun.ts';
import { storedRows } from '../prepare/recorded.ts';
import { absent, compareStored, type ComparedField } from './storedRows.ts';

export const noTickStates = (): ConsistencyCheck =>
  absent(tickWords, 'The file stores no states per tick of this run.');

const tickWords = {
  id: 'tick-states',
  title: 'Balances, collateral, queues and costs stored per tick match the replay',
};

/** Rows stored per tick against the replayed ones. */
export async function tickStateCheck(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<ConsistencyCheck> {
  if (!run.recorded.states) return noTickStates();
  if (run.eventCount === 0)
    return absent(tickWords, 'The file records no events of this run to compare with.');
  const { lacking, beyond } = await countRows(engine, run, signal);
  const comparison = {
    ...tickWords,
    rows: tickRowsOf(run),
    fields: tickFieldsOf(run),
    placeName: 'tick',
    missing: 'The events of this run do not tell what is stored per tick.',
    note:
      lacking === 0
        ? 'Every agent has a row at every tick, and every row is the one replayed from the events.'
        : `Every stored row is the one replayed from the events; ${plural(lacking, 'row of an agent and tick is', 'rows of an agent and tick are')} not stored.`,
  };
  const check = await compareStored(engine, run, comparison, signal);
  if (check.outcome !== 'balances' || beyond === 0) return check;
  const rest = `Stored rows that belong to no tick of the run: ${formatCount(beyond)}.`;
  return { ...check, outcome: 'differs', why: rest };
}

async function countRows(engine: Engine, run: PreparedRun, signal: AbortSignal | undefined) {
  const [row] = await queryRows(
    engine,
    sql`SELECT (SELECT count(*) FROM ${run.table('replayed')}) AS replayed,
      (SELECT count(*) FROM ${storedRows(run.scope, 'tick_agent_states')}) AS stored,
      (SELECT count(*) FROM ${run.table('recorded')} JOIN ${run.table('replayed')} USING (tick, agent)) AS matched`,
    { replayed: int, stored: int, matched: int },
    signal,
  );
  const { replayed, stored, matched } = row ?? { replayed: 0, stored: 0, matched: 0 };
  return { lacking: replayed - matched, beyond: stored - matched };
}

/** `r`: replayed, `s`: as stored, `shown`: with the queues as stored. Sums of costs since morning as `.._today`. */
function tickRowsOf(run: PreparedRun): Sql {
  const day = run.ticksPerDay === undefined ? sql`0` : sql`tick // ${run.ticksPerDay}`;
  const today = listedCosts.map(
    ({ column }) => sql`(sum(${ident(column)}) OVER (PARTITION BY agent, ${day} ORDER BY tick
      ROWS UNBOUNDED PRECEDING))::BIGINT AS ${ident(`${column}_today`)}`,
  );
  return sql`(SELECT r.tick AS place, r.tick AS first_tick, r.tick AS last_tick, *
    FROM (SELECT *, lag(balance) OVER (PARTITION BY agent ORDER BY tick) AS balance_before, ${join(today, ', ')}
      FROM ${run.table('replayed')}) r
    JOIN (SELECT tick, agent, ${join([...plain, ...columnsOf()].map(asStored), ', ')}, resets, is_morning
      FROM ${run.table('recorded')}) s USING (tick, agent)
    JOIN (SELECT tick, agent, value1 AS stored_value1, value2 AS stored_value2 FROM ${run.table('states')}) shown
      USING (tick, agent))`;
}

const plain = ['balance', 'balance_change', 'posted_collateral'];
const columnsOf = () => listedCosts.flatMap(({ eventKey }) => [eventKey, `${eventKey}_delta`]);
const asStored = (column: string): Sql => sql`${ident(column)} AS ${ident(`stored_${column}`)}`;

function tickFieldsOf(run: PreparedRun): readonly ComparedField[] {
  const { unnamed, recorded } = run;
  const balances: readonly ComparedField[] = [
    { kind: 'balance', name: 'balance', stored: sql`stored_balance`, replayed: sql`balance` },
    {
      kind: 'balance',
      name: 'change of balance',
      // At the first tick writers store the whole balance.
      stored: sql`CASE WHEN place > 0 THEN stored_balance_change END`,
      replayed: sql`balance - balance_before`,
    },
  ];
  const collateral: ComparedField = {
    kind: 'collateral',
    name: 'posted collateral',
    stored: sql`stored_posted_collateral`,
    replayed: sql`posted`,
  };
  const queues = ([1, 2] as const).map((number): ComparedField => ({
    kind: 'queue',
    name: `value of Queue ${number}`,
    stored: ident(`stored_value${number}`),
    replayed: ident(`value${number}`),
  }));
  const costs = listedCosts.flatMap(({ column, eventKey, noun }): ComparedField[] => {
    const tick = ident(column);
    const [sum, delta] = [ident(`stored_${eventKey}`), ident(`stored_${eventKey}_delta`)];
    const [soFar, today] = [ident(`${column}_so_far`), ident(`${column}_today`)];
    return [
      {
        kind: 'cost',
        name: `${noun} of the tick`,
        // In the first tick of a day the original stores the difference to the sum of the evening before.
        stored: sql`CASE WHEN NOT (resets AND is_morning) THEN ${delta} END`,
        replayed: tick,
      },
      {
        kind: 'cost',
        name: `${noun} so far`,
        stored: sum,
        replayed: sql`CASE WHEN resets THEN ${today} ELSE ${soFar} END`,
      },
    ];
  });
  return [
    ...(unnamed.pools === 0 ? balances : []),
    collateral,
    ...(recorded.queues && unnamed.arrivals === 0 ? queues : []),
    ...(unnamed.accruals === 0 ? costs : []),
  ];
}

export const noDailyMetrics = (): ConsistencyCheck =>
  absent(dayWords, 'The file stores no figures per day of this run.');

const dayWords = {
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
  if (run.eventCount === 0)
    return absent(dayWords, 'The file records no events of this run to compare with.');
  if (ticksPerDay === undefined) {
    return absent(dayWords, 'The file does not say how many ticks a day of this run has.');
  }
  const counted = found?.counted ?? false;
  return compareStored(
    engine,
    run,
    {
      ...dayWords,
      rows: dayRowsOf(run, ticksPerDay),
      fields: dayFieldsOf(run, counted),
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
function dayRowsOf(run: PreparedRun, ticksPerDay: number): Sql {
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

function dayFieldsOf({ unnamed, isBounded }: PreparedRun, counted: boolean): readonly ComparedField[] {
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
