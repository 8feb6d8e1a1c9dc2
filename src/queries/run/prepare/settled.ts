import { sql, type Sql } from '../../../lib/sql.ts';
import { textsIn } from '../../read/eventFields.ts';
import { createTable, kindIn, withDetails, type RunTables } from './tables.ts';

/** Ways to settle; the place in the list is the number in `settled.how` and `transfers.how`. */
export const ways = ['immediate', 'queue 2', 'bilateral offset', 'cycle', 'transfer'] as const;

export const wayNumber = (way: (typeof ways)[number]): Sql => sql`${ways.indexOf(way)}::UTINYINT`;

/** How and when each payment settled. */
export function createSettled(run: RunTables): Sql {
  const ofOffset = sql`(SELECT seq, tick, kind, unnest(${textsIn('tx_ids')}) AS tx_id
    FROM ${withDetails(run, 'LsmBilateralOffset', 'LsmCycleSettlement')})`;
  return createTable(
    run,
    'settled',
    sql`SELECT tx, min(seq) AS seq, arg_min(tick, seq) AS tick, arg_min(how, seq) AS how FROM (
        SELECT tx, seq, tick,
          CASE WHEN ${kindIn(run, 'RtgsImmediateSettlement')} THEN ${wayNumber('immediate')}
            ELSE ${wayNumber('queue 2')} END AS how
        FROM ${run.table('events')}
        WHERE tx IS NOT NULL AND ${kindIn(run, 'RtgsImmediateSettlement', 'Queue2LiquidityRelease')}
        UNION ALL
        SELECT a.tx, seq, o.tick,
          CASE WHEN ${kindIn(run, 'LsmBilateralOffset')} THEN ${wayNumber('bilateral offset')}
            ELSE ${wayNumber('cycle')} END
        FROM ${ofOffset} o JOIN ${run.table('arrivals')} a USING (tx_id)
      ) GROUP BY tx`,
  );
}
