import { poolEvents, returningEvents } from '../../../domain/events.ts';
import type { Engine } from '../../../engine/engine.ts';
import { int, money, queryRows } from '../../../engine/rows.ts';
import { join, sql } from '../../../lib/sql.ts';
import { integerIn } from '../../read/eventFields.ts';
import { kindIn, withDetails, type RunTables } from './tables.ts';

const poolSpec = { seq: int, tick: int, cents: money, before: money };
const balanceSpec = { seq: int, agent: int, balance: money };

/**
 * A pool's event that does not say whose it is belongs to the one agent whose balance is what it records before
 * it; events that record the same are interchangeable. Found ones join `moves`; gives the number of the others.
 */
export async function nameUnnamedPools(engine: Engine, run: RunTables, agentCount: number): Promise<number> {
  const amount = integerIn('amount');
  const moved = sql`CASE WHEN ${kindIn(run, ...returningEvents)} THEN -${amount} ELSE ${amount} END`;
  const events = await queryRows(
    engine,
    sql`SELECT seq, tick, ${moved} AS cents, ${integerIn('balance_after')} - ${moved} AS before
      FROM ${withDetails(run, ...poolEvents)} WHERE agent IS NULL AND ${amount} IS NOT NULL
        AND ${integerIn('balance_after')} IS NOT NULL ORDER BY seq`,
    poolSpec,
  );
  if (events.length === 0 || agentCount === 0) return events.length;
  const named: { readonly event: (typeof events)[number]; readonly agent: number }[] = [];
  for (const tick of new Set(events.map((event) => event.tick))) {
    const group = events.filter((event) => event.tick === tick);
    const first = Math.min(...group.map(({ seq }) => seq));
    const balances = await balancesBefore(engine, run, first, named);
    const taken = new Set<number>();
    for (const event of group) {
      const fitting = [...balances].filter(
        ([agent, balance]) => balance === event.before && !taken.has(agent),
      );
      const alike = group.every(({ cents, before }) => before !== event.before || cents === event.cents);
      const [agent] = fitting[0] ?? [];
      if (agent === undefined || (fitting.length > 1 && !alike)) continue;
      taken.add(agent);
      named.push({ event, agent });
    }
  }
  if (named.length > 0) {
    const rows = named.map(
      ({ event, agent }) =>
        sql`(${event.seq}, FALSE, ${event.tick}, ${agent}, ${event.cents}::BIGINT, ${event.before}::BIGINT)`,
    );
    await engine.query(
      sql`INSERT INTO ${run.table('moves')} (seq, later, tick, agent, cents, recorded_before) VALUES ${join(rows, ', ')}`,
    );
  }
  return events.length - named.length;
}

/** Balances before an event, of the agents whose settlements record one. */
async function balancesBefore(
  engine: Engine,
  run: RunTables,
  seq: number,
  named: readonly { readonly event: { readonly cents: bigint }; readonly agent: number }[],
): Promise<ReadonlyMap<number, bigint>> {
  const rows = await queryRows(
    engine,
    sql`WITH running AS (
        SELECT agent, seq, cents, recorded_before,
          sum(cents) OVER (PARTITION BY agent ORDER BY seq, later, cents DESC ROWS UNBOUNDED PRECEDING) - cents AS moved
        FROM ${run.table('moves')}
      )
      SELECT 0 AS seq, agent, ((arg_min(recorded_before - moved, seq) FILTER (recorded_before IS NOT NULL))
        + coalesce(sum(cents) FILTER (seq < ${seq}), 0))::BIGINT AS balance
      FROM running GROUP BY agent HAVING count(recorded_before) > 0`,
    balanceSpec,
  );
  return new Map(
    rows.map(({ agent, balance }) => [
      agent,
      named.reduce<bigint>((sum, one) => (one.agent === agent ? sum + one.event.cents : sum), balance),
    ]),
  );
}
