import type { Engine } from '../../engine/engine.ts';
import { int, money, queryRows } from '../../engine/rows.ts';
import { sql, type Sql } from '../../lib/sql.ts';
import type { AgentBalances, Bounds, RunAgent } from '../../domain/answers/experiments.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { Cents } from '../../lib/units.ts';
import { lostFrom } from './prepare/lost.ts';
import type { PreparedRun } from './prepare/prepareRun.ts';

const spec = { agent: int, startCents: money, endCents: money, lowestCents: money, mismatches: int };

/** Start, end and lowest balance of each agent whose start and whose every movement is known. */
export async function readRunBalances(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<AgentId, AgentBalances>> {
  if (run.isBounded) return new Map();
  // Where it is not known what an offset settled, only what the file stores per tick tells a balance.
  const stored = run.offsets.kind === 'unknown' ? storedBalances(run) : undefined;
  const statement = sql`WITH running AS (
      SELECT m.agent, tick, cents, recorded_before,
        start + sum(cents) OVER (PARTITION BY m.agent ORDER BY seq, later, cents DESC ROWS UNBOUNDED PRECEDING) AS balance,
        start + sum(cents) OVER (PARTITION BY m.agent ORDER BY tick) AS at_end_of_tick
      FROM ${run.table('moves')} m JOIN ${run.table('starts')} s ON s.agent = m.agent
    ), found AS (
      SELECT agent, sum(cents) AS moved, min(at_end_of_tick) AS lowest,
        count(*) FILTER (recorded_before <> balance - cents) AS mismatches
      FROM running GROUP BY agent
    )
    SELECT s.agent, start AS start_cents, (start + coalesce(moved, 0))::BIGINT AS end_cents,
      least(start, coalesce(lowest, start))::BIGINT AS lowest_cents, coalesce(mismatches, 0) AS mismatches
    FROM ${run.table('starts')} s LEFT JOIN found f ON f.agent = s.agent
    WHERE start IS NOT NULL AND s.agent NOT IN (SELECT agent FROM ${lostFrom(run)} WHERE balance_lost IS NOT NULL)
    ORDER BY s.agent`;
  const rows = await queryRows(engine, stored ?? statement, spec, signal);
  return new Map(
    rows.flatMap(({ agent, ...balances }) => {
      const id = run.agents[agent];
      return id === undefined ? [] : [[id, balances] as const];
    }),
  );
}

function storedBalances(run: PreparedRun): Sql {
  return sql`SELECT agent, any_value(start) AS start_cents, max(balance) FILTER (tick = ${run.tickCount - 1}) AS end_cents,
      least(any_value(start), min(balance))::BIGINT AS lowest_cents, 0 AS mismatches
    FROM ${run.table('states')} JOIN ${run.table('starts')} USING (agent)
    GROUP BY agent HAVING any_value(start) IS NOT NULL AND count(*) = count(balance) ORDER BY agent`;
}

const boundsSpec = { agent: int, endLow: money, endHigh: money, lowestLow: money, lowestHigh: money };

/** Between what the last and the lowest balance lie, where it is not known which payments settled. */
export async function readBalanceBounds(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<AgentId, NonNullable<RunAgent['bounds']>>> {
  if (!run.isBounded) return new Map();
  const statement = sql`SELECT agent, balance_low AS end_low, balance_high AS end_high,
      least(lowest_low, CASE WHEN is_stated THEN start END)::BIGINT AS lowest_low,
      least(lowest_high, CASE WHEN is_stated THEN start END)::BIGINT AS lowest_high
    FROM ${run.table('bounds')} JOIN ${run.table('starts')} USING (agent)
    WHERE tick = ${run.tickCount - 1} AND balance_low IS NOT NULL ORDER BY agent`;
  const rows = await queryRows(engine, statement, boundsSpec, signal);
  const between = (low: Cents, high: Cents): Bounds<Cents> => ({ low, high });
  return new Map(
    rows.flatMap(({ agent, endLow, endHigh, lowestLow, lowestHigh }) => {
      const id = run.agents[agent];
      if (id === undefined) return [];
      return [[id, { end: between(endLow, endHigh), lowest: between(lowestLow, lowestHigh) }] as const];
    }),
  );
}
