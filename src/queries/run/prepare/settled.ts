import { eventTypesWhere, settlingEvents } from '../../../domain/events.ts';
import { sql, type Sql } from '../../../lib/sql.ts';
import { createTable, kindIn, type RunTables } from './tables.ts';

/**
 * Ways to settle; the place in the list is the number in `settled.how` and `transfers.how`. `inferred`: out of
 * Queue 2 after an offset, for which the original writes no event.
 */
export const ways = ['immediate', 'queue 2', 'bilateral offset', 'cycle', 'transfer', 'inferred'] as const;

export const wayNumber = (way: (typeof ways)[number]): Sql => sql`${ways.indexOf(way)}::UTINYINT`;

/** For an event that settles a payment of its own: how. */
export const settledHow = (run: RunTables): Sql => {
  const atOnce = eventTypesWhere(({ settles }) => settles === 'immediate');
  return sql`CASE WHEN ${kindIn(run, ...atOnce)} THEN ${wayNumber('immediate')} ELSE ${wayNumber('queue 2')} END`;
};

/** How and when each payment settled. */
export function createSettled(run: RunTables): Sql {
  return createTable(
    run,
    'settled',
    sql`SELECT tx, min(seq) AS seq, arg_min(tick, seq) AS tick, arg_min(how, seq) AS how FROM (
        SELECT tx, seq, tick,
          ${settledHow(run)} AS how
        FROM ${run.table('events')}
        WHERE tx IS NOT NULL AND ${kindIn(run, ...settlingEvents)}
        UNION ALL
        SELECT tx, seq, tick, how FROM ${run.table('offsets')}
      ) GROUP BY tx`,
  );
}
