import { join, sql, type Sql } from '../../../lib/sql.ts';
import { wayNumber } from './settled.ts';
import { createTable, kindIn, occurs, type RunTables } from './tables.ts';

/**
 * Every payment with its end. A split one is settled when its last part is, whatever the parts were split into.
 */
export function createPayments(run: RunTables): Sql {
  if (!occurs(run, 'Arrival')) return createTable(run, 'payments', storedEnds(run));
  const firstTick = (type: string) =>
    sql`(SELECT tx, min(tick) AS tick FROM ${run.table('events')} WHERE tx IS NOT NULL AND ${kindIn(run, type)}
      GROUP BY tx)`;
  const isUnknown = sql`u.tx IS NOT NULL`;
  const splits = run.table('splits');
  const settled = run.table('settled');
  return createTable(
    run,
    'payments',
    sql`WITH RECURSIVE parts AS (
        SELECT parent AS whole, child AS part FROM ${splits}
        UNION SELECT parts.whole, s.child FROM parts JOIN ${splits} s ON s.parent = parts.part
      ), wholes AS (
        SELECT whole AS tx, count(*) AS parts, count(*) = count(s.tx) AS settled, max(s.tick) AS tick
        FROM parts LEFT JOIN ${settled} s ON s.tx = parts.part
        WHERE parts.part NOT IN (SELECT parent FROM ${splits}) GROUP BY whole
      ), lost AS (${unreadable(run)}), unknown AS (
        SELECT tx FROM lost UNION SELECT whole FROM parts JOIN lost ON part = tx
      ), parents AS (SELECT child AS tx, any_value(parent) AS parent FROM ${splits} GROUP BY child)
      SELECT a.tx, a.tx_id, a.sender, a.receiver, a.amount, a.priority, a.tick AS arrival_tick,
        a.deadline AS deadline_tick, CASE WHEN ${isUnknown} THEN NULL WHEN w.tx IS NULL THEN s.tick WHEN w.settled THEN w.tick END AS settlement_tick,
        CASE WHEN u.tx IS NULL THEN s.how END AS how, p.parent, coalesce(w.parts, 0) AS parts, o.tick AS overdue_tick,
        CASE WHEN ${isUnknown} THEN 'unknown' WHEN s.tx IS NOT NULL OR w.settled THEN 'settled' WHEN w.tx IS NOT NULL THEN 'split'
          WHEN d.tx IS NOT NULL THEN 'dropped' WHEN o.tx IS NOT NULL THEN 'overdue' ELSE 'waiting' END AS status
      FROM ${run.table('arrivals')} a LEFT JOIN ${settled} s USING (tx) LEFT JOIN wholes w USING (tx)
      LEFT JOIN unknown u USING (tx)
      LEFT JOIN parents p USING (tx) LEFT JOIN ${firstTick('PolicyDrop')} d USING (tx)
      LEFT JOIN ${firstTick('TransactionWentOverdue')} o USING (tx) 
      WHERE a.sender IS NOT NULL AND a.receiver IS NOT NULL AND a.amount IS NOT NULL ORDER BY a.tx`,
  );
}

/**
 * Payments of which it cannot be told whether they settled. A settlement or a split that cannot be read leaves
 * its payment open; one that does not say of which payment it is, each that arrived until then and has no other end.
 */
const unreadable = (run: RunTables): Sql => {
  const settlements = sql`FROM ${run.table('transfers')} WHERE unreadable AND how <> ${wayNumber('transfer')}`;
  const named = [
    sql`SELECT tx ${settlements} AND tx IS NOT NULL`,
    sql`SELECT tx FROM ${run.table('disputed')}`,
    sql`SELECT e.tx FROM ${run.table('lost')} l JOIN ${run.table('events')} e ON e.seq = l.key
      WHERE l.kind = 'splits' AND e.tx IS NOT NULL`,
  ];
  const open = sql`SELECT tx FROM ${run.table('arrivals')} WHERE tx NOT IN (SELECT tx FROM ${run.table('settled')})
    AND tick <= (SELECT max(tick) ${settlements} AND tx IS NULL AND other_tx IS NULL)`;
  return join([...named, open], ' UNION ');
};

/** Without events: the end that the file stores; how a payment settled is not told. */
function storedEnds(run: RunTables): Sql {
  const { fileId, simulationId } = run.scope;
  return sql`WITH RECURSIVE stored AS (
      SELECT * FROM transactions WHERE file_id = ${fileId} AND simulation_id = ${simulationId}
    ), tree AS (
      SELECT parent_tx_id AS whole, tx_id AS part FROM stored WHERE parent_tx_id IS NOT NULL
      UNION SELECT tree.whole, s.tx_id FROM tree JOIN stored s ON s.parent_tx_id = tree.part
    ), wholes AS (
      SELECT whole AS tx_id, count(*) AS parts FROM tree
      WHERE part NOT IN (SELECT whole FROM tree) GROUP BY whole
    ) SELECT a.tx, a.tx_id, a.sender, a.receiver, a.amount, a.priority, a.tick AS arrival_tick,
      a.deadline AS deadline_tick, t.settlement_tick, NULL::UTINYINT AS how, p.tx AS parent,
      coalesce(w.parts, 0) AS parts, NULL::INTEGER AS overdue_tick,
      CASE t.status WHEN 'settled' THEN 'settled' WHEN 'overdue' THEN 'overdue' WHEN 'dropped' THEN 'dropped'
        ELSE 'waiting' END AS status
    FROM ${run.table('arrivals')} a
    JOIN stored t ON t.tx_id = a.tx_id LEFT JOIN wholes w ON w.tx_id = a.tx_id
    LEFT JOIN ${run.table('arrivals')} p ON p.tx_id = t.parent_tx_id
    WHERE a.sender IS NOT NULL AND a.receiver IS NOT NULL AND a.amount IS NOT NULL ORDER BY a.tx`;
}
