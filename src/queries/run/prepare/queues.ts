import { sql, type Sql } from '../../../lib/sql.ts';
import { createTable, kindIn, type RunTables } from './tables.ts';

/** Events after which a payment waits in Queue 1, in Queue 2, or in neither. */
const toQueue1 = ['Arrival', 'RtgsWithdrawal'];
const toQueue2 = ['QueuedRtgs', 'RtgsResubmission'];
const toNone = [
  'PolicySubmit',
  'PolicyDrop',
  'PolicySplit',
  'RtgsImmediateSettlement',
  'Queue2LiquidityRelease',
];

/** Changes of the two queues of an agent by the end of each tick; value is what the payments are worth. */
export function createQueues(run: RunTables): Sql {
  const change = (queue: 1 | 2) => sql`((place = ${queue})::INTEGER - (before = ${queue})::INTEGER)`;
  return createTable(
    run,
    'queues',
    sql`WITH placed AS (
        SELECT tx, tick, seq, CASE WHEN ${kindIn(run, ...toQueue1)} THEN 1 WHEN ${kindIn(run, ...toQueue2)} THEN 2
          ELSE 0 END AS place
        FROM ${run.table('events')} WHERE tx IS NOT NULL AND ${kindIn(run, ...toQueue1, ...toQueue2, ...toNone)}
        UNION ALL SELECT tx, tick, seq, 0 FROM ${run.table('settled')}
      ), at_end AS (
        SELECT tx, tick, arg_max(place, seq) AS place FROM placed GROUP BY tx, tick
      ), steps AS (
        SELECT tx, tick, place, coalesce(lag(place) OVER (PARTITION BY tx ORDER BY tick), 0) AS before FROM at_end
      )
      SELECT s.tick, a.sender AS agent, sum(${change(1)})::BIGINT AS payments1,
        sum(${change(1)} * amount)::BIGINT AS value1, sum(${change(2)})::BIGINT AS payments2,
        sum(${change(2)} * amount)::BIGINT AS value2
      FROM steps s JOIN ${run.table('arrivals')} a USING (tx) WHERE place <> before GROUP BY s.tick, a.sender`,
  );
}
