import { formatCount, plural } from '../../../lib/format.ts';
import type { Engine } from '../../../engine/engine.ts';
import { int, queryRows } from '../../../engine/rows.ts';
import { listedCosts } from '../../../domain/costs.ts';
import { ident, join, sql, type Sql } from '../../../lib/sql.ts';
import type { ConsistencyCheck } from '../../../domain/answers/runs.ts';
import type { PreparedRun } from '../prepare/prepareRun.ts';
import { storedRows } from '../prepare/recorded.ts';
import { absent, compareStored, type ComparedField } from './storedRows.ts';

export const noTickStates = (): ConsistencyCheck =>
  absent(about, 'The file stores no states per tick of this run.');

const about = {
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
  if (run.eventCount === 0) return absent(about, 'The file records no events of this run to compare with.');
  const { lacking, beyond } = await countRows(engine, run, signal);
  const comparison = {
    ...about,
    rows: rowsOf(run),
    fields: fieldsOf(run),
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
function rowsOf(run: PreparedRun): Sql {
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

function fieldsOf(run: PreparedRun): readonly ComparedField[] {
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
