import { ident, join, sql, type Sql } from '../../../lib/sql.ts';
import { costColumns } from './costs.ts';
import { postedByTick } from './pledges.ts';
import { createTable, type RunTables } from './tables.ts';

const listed = (write: (column: Sql) => Sql) =>
  join(
    costColumns.map((column) => write(ident(column))),
    ', ',
  );

/** The state of every agent at the end of every tick, in the order of the ticks, by the events alone. */
export function createStates(run: RunTables, tickCount: number, table: 'states' | 'replayed'): Sql {
  const soFar = (column: Sql) => sql`(sum(${column}) OVER w)::BIGINT`;
  return createTable(
    run,
    table,
    sql`WITH moved AS (
        SELECT tick, agent, sum(cents) AS cents FROM ${run.table('moves')} GROUP BY ALL
      ), charged AS (
        SELECT tick, agent, ${listed((column) => sql`sum(${column}) AS ${column}`)}
        FROM ${run.table('costs')} GROUP BY tick, agent
      ), grid AS (
        SELECT range::INTEGER AS tick, agent, start, posted AS posted_first, cap AS cap_first
        FROM range(${tickCount}), ${run.table('starts')}
      ), adjusted AS (
        SELECT tick, agent, sum(delta) AS cap_delta FROM ${run.table('caps')} GROUP BY ALL
      ), joined AS (
        SELECT grid.*, coalesce(cap_delta, 0) AS cap_delta, coalesce(cents, 0) AS cents, posted, coalesce(payments1, 0) AS payments1,
          coalesce(value1, 0) AS value1, coalesce(payments2, 0) AS payments2, coalesce(value2, 0) AS value2,
          ${listed((column) => sql`coalesce(${column}, 0)::BIGINT AS ${column}`)}
        FROM grid LEFT JOIN adjusted USING (tick, agent) LEFT JOIN moved USING (tick, agent) LEFT JOIN charged USING (tick, agent)
        LEFT JOIN ${run.table('queues')} USING (tick, agent) LEFT JOIN ${postedByTick(run)} USING (tick, agent)
      ), running AS (
        SELECT tick, agent, (start + sum(cents) OVER w)::BIGINT AS balance,
          coalesce(last_value(posted IGNORE NULLS) OVER w, posted_first) AS posted,
          (cap_first + sum(cap_delta) OVER w)::BIGINT AS cap,
          ${soFar(sql`payments1`)} AS payments1, ${soFar(sql`value1`)} AS value1,
          ${soFar(sql`payments2`)} AS payments2, ${soFar(sql`value2`)} AS value2,
          ${listed((column) => column)},
          ${join(
            costColumns.map((column) => sql`${soFar(ident(column))} AS ${ident(`${column}_so_far`)}`),
            ', ',
          )}
        FROM joined WINDOW w AS (PARTITION BY agent ORDER BY tick ROWS UNBOUNDED PRECEDING)
      )
      SELECT *, min(balance) OVER (PARTITION BY agent ORDER BY tick ROWS UNBOUNDED PRECEDING) AS lowest
      FROM running ORDER BY tick, agent`,
  );
}
