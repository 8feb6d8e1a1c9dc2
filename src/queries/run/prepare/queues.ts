import { sql, type Sql } from '../../../lib/sql.ts';
import { createTable, kindIn, type RunTables } from './tables.ts';

/** Events after which a payment waits in Queue 1, in Queue 2, or in neither. */
const toQueue1 = ['Arrival'];
const toQueue2 = ['QueuedRtgs'];
const toNone = [
  'PolicySubmit',
  'PolicyDrop',
  'PolicySplit',
  'RtgsImmediateSettlement',
  'Queue2LiquidityRelease',
];

/**
 * A payment that a bank of the original withdraws is in neither queue, until it is resubmitted to Queue 1; in our
 * lab it goes back to Queue 1, and a payment is resubmitted inside Queue 2.
 */
export function placesOf({ isLab }: Pick<RunTables, 'isLab'>): {
  readonly queue1: readonly string[];
  readonly queue2: readonly string[];
  readonly none: readonly string[];
} {
  return isLab
    ? { queue1: [...toQueue1, 'RtgsWithdrawal'], queue2: [...toQueue2, 'RtgsResubmission'], none: toNone }
    : { queue1: [...toQueue1, 'RtgsResubmission'], queue2: toQueue2, none: [...toNone, 'RtgsWithdrawal'] };
}

/** Changes of the two queues of an agent by the end of each tick; value is what the payments are worth. */
export function createQueues(run: RunTables): Sql {
  const { queue1, queue2, none } = placesOf(run);
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
