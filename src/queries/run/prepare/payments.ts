import { sql, type Sql } from '../../../lib/sql.ts';
import { createTable, kindIn, occurs, type RunTables } from './tables.ts';

/**
 * Every payment with its end. A split one is settled when its last part is, whatever the parts were split into.
 */
export function createPayments(run: RunTables): Sql {
  if (!occurs(run, 'Arrival')) return createTable(run, 'payments', storedEnds(run));
  const firstTick = (type: string) =>
    sql`(SELECT tx, min(tick) AS tick FROM ${run.table('events')} WHERE tx IS NOT NULL AND ${kindIn(run, type)}
      GROUP BY tx)`;
  const splits = run.table('splits');
  const settled = run.table('settled');
  return createTable(
    run,
    'payments',
    sql`WITH RECURSIVE parts AS (
        SELECT parent AS whole, child AS part FROM ${splits}
        UNION SELECT parts.whole, s.child FROM parts JOIN ${splits} s ON s.parent = parts.part
      ), wholes AS (
        SELECT whole AS tx, count(*) = count(s.tx) AS settled, max(s.tick) AS tick
        FROM parts LEFT JOIN ${settled} s ON s.tx = parts.part
        WHERE parts.part NOT IN (SELECT parent FROM ${splits}) GROUP BY whole
      ), parents AS (SELECT child AS tx, any_value(parent) AS parent FROM ${splits} GROUP BY child)
      SELECT a.tx, a.tx_id, a.sender, a.receiver, a.amount, a.priority, a.tick AS arrival_tick,
        a.deadline AS deadline_tick, CASE WHEN w.tx IS NULL THEN s.tick WHEN w.settled THEN w.tick END AS settlement_tick,
        s.how, p.parent, o.tick AS overdue_tick,
        CASE WHEN s.tx IS NOT NULL OR w.settled THEN 'settled' WHEN w.tx IS NOT NULL THEN 'split'
          WHEN d.tx IS NOT NULL THEN 'dropped' WHEN o.tx IS NOT NULL THEN 'overdue' ELSE 'waiting' END AS status
      FROM ${run.table('arrivals')} a LEFT JOIN ${settled} s USING (tx) LEFT JOIN wholes w USING (tx)
      LEFT JOIN parents p USING (tx) LEFT JOIN ${firstTick('PolicyDrop')} d USING (tx)
      LEFT JOIN ${firstTick('TransactionWentOverdue')} o USING (tx) 
      WHERE a.sender IS NOT NULL AND a.receiver IS NOT NULL AND a.amount IS NOT NULL ORDER BY a.tx`,
  );
}

/** Without events: the end that the file stores; how a payment settled is not told. */
function storedEnds(run: RunTables): Sql {
  const { fileId, simulationId } = run.scope;
  return sql`SELECT a.tx, a.tx_id, a.sender, a.receiver, a.amount, a.priority, a.tick AS arrival_tick,
      a.deadline AS deadline_tick, t.settlement_tick, NULL::UTINYINT AS how, p.tx AS parent, NULL::INTEGER AS overdue_tick,
      CASE t.status WHEN 'settled' THEN 'settled' WHEN 'overdue' THEN 'overdue' WHEN 'dropped' THEN 'dropped'
        ELSE 'waiting' END AS status
    FROM ${run.table('arrivals')} a
    JOIN (SELECT * FROM transactions WHERE file_id = ${fileId} AND simulation_id = ${simulationId}) t
      ON t.tx_id = a.tx_id
    LEFT JOIN ${run.table('arrivals')} p ON p.tx_id = t.parent_tx_id
    WHERE a.sender IS NOT NULL AND a.receiver IS NOT NULL AND a.amount IS NOT NULL ORDER BY a.tx`;
}
