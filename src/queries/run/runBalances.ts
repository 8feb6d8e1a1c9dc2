import type { Engine } from '../../engine/engine.ts';
import { int, money, queryRows } from '../../engine/rows.ts';
import { sql } from '../../lib/sql.ts';
import type { AgentBalances } from '../../domain/answers/experiments.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { PreparedRun } from './prepare/prepareRun.ts';

const spec = { agent: int, startCents: money, endCents: money, lowestCents: money, mismatches: int };

/** Start, end and lowest balance of each agent whose start is known. */
export async function readRunBalances(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<AgentId, AgentBalances>> {
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
    WHERE start IS NOT NULL ORDER BY s.agent`;
  const rows = await queryRows(engine, statement, spec, signal);
  return new Map(
    rows.flatMap(({ agent, ...balances }) => {
      const id = run.agents[agent];
      return id === undefined ? [] : [[id, balances] as const];
    }),
  );
}
