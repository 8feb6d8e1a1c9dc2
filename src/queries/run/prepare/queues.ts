import { eventsInto, type Queue } from '../../../domain/events.ts';
import { sql, type Sql } from '../../../lib/sql.ts';
import { createTable, kindIn, type RunTables } from './tables.ts';

/** Changes of the two queues of an agent by the end of each tick; value is what the payments are worth. */
export function createQueues(run: RunTables): Sql {
  const into = (queue: Queue) => eventsInto(queue, run.isLab);
  const [queue1, queue2, none] = [into('queue 1'), into('queue 2'), into('neither')];
  const change = (queue: 1 | 2) => sql`((place = ${queue})::INTEGER - (before = ${queue})::INTEGER)`;
  return createTable(
    run,
    'queues',
    sql`WITH placed AS (
        SELECT tx, tick, seq, CASE WHEN ${kindIn(run, ...queue1)} THEN 1 WHEN ${kindIn(run, ...queue2)} THEN 2
          ELSE 0 END AS place, FALSE AS later
        FROM ${run.table('events')} WHERE tx IS NOT NULL AND ${kindIn(run, ...queue1, ...queue2, ...none)}
        UNION ALL SELECT tx, tick, seq, 0, TRUE FROM ${run.table('settled')}
      ), at_end AS (
        SELECT tx, tick, arg_max(place, seq::BIGINT * 2 + later::INTEGER) AS place FROM placed GROUP BY tx, tick
      ), steps AS (
        SELECT tx, tick, place, coalesce(lag(place) OVER (PARTITION BY tx ORDER BY tick), 0) AS before FROM at_end
      )
      SELECT s.tick, a.sender AS agent, sum(${change(1)})::BIGINT AS payments1,
        sum(${change(1)} * amount)::BIGINT AS value1, sum(${change(2)})::BIGINT AS payments2,
        sum(${change(2)} * amount)::BIGINT AS value2
      FROM steps s JOIN ${run.table('arrivals')} a USING (tx) WHERE place <> before GROUP BY s.tick, a.sender`,
  );
}
