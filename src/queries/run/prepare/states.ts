import { ident, join, sql, type Sql } from '../../../lib/sql.ts';
import { costColumns } from './costs.ts';
import { lostFrom } from './lost.ts';
import { postedByTick } from './pledges.ts';
import { createTable, type RunTables } from './tables.ts';

const listed = (write: (column: Sql) => Sql) =>
  join(
    costColumns.map((column) => write(ident(column))),
    ', ',
  );

/**
 * The state of every agent at the end of every tick, in the order of the ticks, by the events alone. NULL is what is
 * not known; after an event that cannot be read that is all that rests on it.
 */
export function createStates(run: RunTables, tickCount: number, table: 'states' | 'replayed'): Sql {
  const soFar = (column: Sql) => sql`(sum(${column}) OVER w)::BIGINT`;
  const until = (lost: Sql, value: Sql) => sql`CASE WHEN ${lost} <= tick THEN NULL ELSE ${value} END`;
  const queued = (column: string) => sql`${until(sql`queue_lost`, soFar(ident(column)))} AS ${ident(column)}`;
  return createTable(
    run,
    table,
    sql`WITH moved AS (
        SELECT tick, agent, sum(cents) AS cents FROM ${run.table('moves')} GROUP BY ALL
      ), charged AS (
        SELECT tick, agent, ${listed((column) => sql`CASE WHEN NOT bool_or(unreadable) THEN sum(${column}) END AS ${column}`)}
          , bool_or(unreadable) AS unreadable
        FROM ${run.table('costs')} GROUP BY tick, agent
      ), grid AS (
        SELECT range::INTEGER AS tick, agent, start, posted AS posted_first, cap AS cap_first
        FROM range(${tickCount}), ${run.table('starts')}
      ), adjusted AS (
        SELECT tick, agent, sum(delta) AS cap_delta FROM ${run.table('caps')} GROUP BY ALL
      ), joined AS (
        SELECT grid.*, balance_lost, queue_lost, cost_lost, posted_lost, cap_lost, coalesce(cap_delta, 0) AS cap_delta, coalesce(cents, 0) AS cents, posted, coalesce(payments1, 0) AS payments1,
          coalesce(value1, 0) AS value1, coalesce(payments2, 0) AS payments2, coalesce(value2, 0) AS value2,
          ${listed(
            (column) => sql`CASE WHEN NOT coalesce(unreadable, FALSE)
            THEN coalesce(${column}, 0) END::BIGINT AS ${column}`,
          )}
        FROM grid LEFT JOIN adjusted USING (tick, agent) LEFT JOIN moved USING (tick, agent) LEFT JOIN charged USING (tick, agent)
        LEFT JOIN ${run.table('queues')} USING (tick, agent) LEFT JOIN ${postedByTick(run)} USING (tick, agent)
        LEFT JOIN ${lostFrom(run)} USING (agent)
      ), running AS (
        SELECT tick, agent, ${until(sql`balance_lost`, sql`(start + sum(cents) OVER w)::BIGINT`)} AS balance,
          ${until(sql`posted_lost`, sql`coalesce(last_value(posted IGNORE NULLS) OVER w, posted_first)`)} AS posted,
          ${until(sql`cap_lost`, sql`(cap_first + sum(cap_delta) OVER w)::BIGINT`)} AS cap,
          ${join(['payments1', 'value1', 'payments2', 'value2'].map(queued), ', ')},
          ${listed((column) => column)},
          ${join(
            costColumns.map(
              (column) => sql`${until(sql`cost_lost`, soFar(ident(column)))} AS ${ident(`${column}_so_far`)}`,
            ),
            ', ',
          )}
        FROM joined WINDOW w AS (PARTITION BY agent ORDER BY tick ROWS UNBOUNDED PRECEDING)
      )
      SELECT *, CASE WHEN balance IS NOT NULL THEN min(balance) OVER w END AS lowest
      FROM running WINDOW w AS (PARTITION BY agent ORDER BY tick ROWS UNBOUNDED PRECEDING) ORDER BY tick, agent`,
  );
}
