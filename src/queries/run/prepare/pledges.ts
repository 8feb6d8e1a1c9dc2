import { postingEvents, withdrawingEvents } from '../../../domain/events.ts';
import type { Engine } from '../../../engine/engine.ts';
import { int, money, nullable, queryRows } from '../../../engine/rows.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { join, sql, type Sql } from '../../../lib/sql.ts';
import type { AgentId } from '../../../lib/ids.ts';
import { integerIn, textIn, centsField } from '../../read/eventFields.ts';
import { agentNumber, createTable, innerDetails, occurs, withDetails, type RunTables } from './tables.ts';

/** Changes of posted collateral: by a policy, by a timer (both say the new total), or by the scenario (a delta). */
export function createPledges(run: RunTables): Sql {
  const amount = integerIn('amount');
  const total = integerIn('new_total');
  const of = (types: readonly string[], moved: Sql): Sql[] =>
    occurs(run, ...types)
      ? [sql`SELECT seq, tick, agent, ${moved}, ${total}, 0 FROM ${withDetails(run, ...types)}`]
      : [];
  const parts = [
    sql`SELECT seq, tick, agent, 0::BIGINT AS amount, 0::BIGINT AS new_total, 0::BIGINT AS delta
      FROM ${run.table('events')} WHERE FALSE`,
    ...of(postingEvents, amount),
    ...of(withdrawingEvents, sql`-${amount}`),
    ...(run.isLab ? [sql`SELECT seq, tick, agent, 0, NULL, delta FROM (${adjustments(run)})`] : []),
  ];
  return createTable(run, 'pledges', join(parts, ' UNION ALL '));
}

/** `collateral_adjustment` of a scenario: the unsecured cap in the original, posted collateral in our lab. */
const adjustments = (run: RunTables): Sql =>
  !occurs(run, 'ScenarioEventExecuted')
    ? sql`SELECT seq, tick, agent, 0::BIGINT AS delta FROM ${run.table('events')} WHERE FALSE`
    : sql`SELECT seq, tick,
    ${agentNumber(run, textIn('agent', innerDetails))} AS agent, coalesce(${integerIn('delta', innerDetails)}, 0) AS delta
  FROM ${withDetails(run, 'ScenarioEventExecuted')}
  WHERE ${textIn('scenario_event_type')} = 'collateral_adjustment'`;

/** Changes of unsecured caps. */
export function createCaps(run: RunTables): Sql {
  return createTable(
    run,
    'caps',
    sql`SELECT * FROM (${adjustments(run)}) WHERE ${!run.isLab} AND agent IS NOT NULL`,
  );
}

/** What was posted before the first change, as the first change that says a total implies it. */
export function impliedPledges(run: RunTables): Sql {
  return sql`SELECT agent, (arg_min(new_total - amount, seq) FILTER (new_total IS NOT NULL)
      - coalesce(sum(delta) FILTER (totals = 0), 0))::BIGINT AS posted
    FROM (SELECT *, count(new_total) OVER (PARTITION BY agent ORDER BY seq) AS totals FROM ${run.table('pledges')})
    GROUP BY agent`;
}

/**
 * Whether collateral that the configuration posts from the start was in force: the command line of the original
 * leaves it out. Told by the first recorded total, or by a cost of collateral before any was posted; undefined
 * where nothing is stated or nothing tells.
 */
export async function isPostedInForce(
  engine: Engine,
  run: RunTables,
  agents: readonly AgentId[],
  configured: ReadonlyMap<AgentId, JsonObject>,
): Promise<boolean | undefined> {
  const stated = agents.flatMap((agent, number) => {
    const posted = centsField(configured.get(agent)?.posted_collateral);
    return posted === undefined || posted === 0n ? [] : [{ number, posted }];
  });
  if (run.isLab || stated.length === 0) return undefined;
  const rows = await queryRows(
    engine,
    sql`SELECT agent, implied, charged FROM (SELECT agent, posted AS implied FROM (${impliedPledges(run)}))
      FULL JOIN (SELECT c.agent, count(*) AS charged FROM ${run.table('costs')} c
        LEFT JOIN (SELECT agent, min(seq) AS first FROM ${run.table('pledges')} GROUP BY agent) p USING (agent)
        WHERE c.collateral > 0 AND c.agent IS NOT NULL AND (first IS NULL OR c.seq < first) GROUP BY c.agent) USING (agent)
      WHERE agent IS NOT NULL`,
    { agent: int, implied: nullable(money), charged: nullable(int) },
  );
  const told = stated.flatMap(({ number, posted }) => {
    const row = rows.find(({ agent }) => agent === number);
    if ((row?.charged ?? 0) > 0) return true;
    return row?.implied === undefined ? [] : row.implied === posted;
  });
  return told.length === 0 ? undefined : told.includes(true);
}

/**
 * For FROM: collateral posted at the end of each tick in which it changed. A scenario can take away no more than
 * is posted, so what runs below zero is lifted by its lowest point.
 */
export function postedByTick(run: RunTables): Sql {
  return sql`(WITH parted AS (
      SELECT *, count(new_total) OVER (PARTITION BY agent ORDER BY seq) AS part FROM ${run.table('pledges')}
    ), levels AS (
      SELECT seq, tick, p.agent, part, coalesce(first_value(new_total) OVER w, s.posted) + sum(delta) OVER w AS level
      FROM parted p JOIN ${run.table('starts')} s USING (agent)
      WINDOW w AS (PARTITION BY p.agent, part ORDER BY seq ROWS UNBOUNDED PRECEDING)
    ), lifted AS (
      SELECT seq, tick, agent, level - least(0, min(level) OVER (PARTITION BY agent, part ORDER BY seq)) AS posted
      FROM levels
    )
    SELECT tick, agent, arg_max(posted, seq)::BIGINT AS posted FROM lifted GROUP BY tick, agent)`;
}
