import type { Engine } from '../../../engine/engine.ts';
import { int, queryRows } from '../../../engine/rows.ts';
import { join, sql, type Sql } from '../../../lib/sql.ts';
import { eventsOfRun, isNoObject, leadingFields, textsIn } from '../../read/eventFields.ts';
import { wayNumber, createTable, kindIn, occurs, type RunTables, withDetails } from './tables.ts';

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

/**
 * Without events: the end that the file stores; how a payment settled is not told. One that settled two ticks after its
 * deadline, or later, went overdue in the tick after it, as all do; one that settled in that very tick may not have.
 */
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
      coalesce(w.parts, 0) AS parts,
      CASE WHEN w.parts IS NULL AND t.settlement_tick::BIGINT - a.deadline > 1 THEN a.deadline + 1 END AS overdue_tick,
      CASE t.status WHEN 'settled' THEN 'settled' WHEN 'overdue' THEN 'overdue' WHEN 'dropped' THEN 'dropped'
        ELSE 'waiting' END AS status
    FROM ${run.table('arrivals')} a
    JOIN stored t ON t.tx_id = a.tx_id LEFT JOIN wholes w ON w.tx_id = a.tx_id
    LEFT JOIN ${run.table('arrivals')} p ON p.tx_id = t.parent_tx_id
    WHERE a.sender IS NOT NULL AND a.receiver IS NOT NULL AND a.amount IS NOT NULL ORDER BY a.tx`;
}

/** Every payment that arrived, parts of split ones included, numbered in the order of arrival. */
export function createArrivalTexts(run: RunTables): Sql {
  if (!occurs(run, 'Arrival')) return createTable(run, 'arrival_texts', storedPayments(run));
  const stored = sql`${eventsOfRun(run.scope, ['Arrival'])} AND tx_id IS NOT NULL AND tick IS NOT NULL`;
  return createTable(
    run,
    'arrival_texts',
    sql`SELECT (row_number() OVER (ORDER BY tick, event_timestamp, row_order) - 1)::INTEGER AS tx, tx_id, tick,
      sender, receiver, amount, deadline, priority FROM (${readArrivals(stored)})`,
  );
}

/** SELECT of what arrivals of `stored`, given for FROM, tell of their payments; an amount is NULL where details are no object. */
export function readArrivals(stored: Sql, kept = sql`tx_id, tick, event_timestamp, row_order`): Sql {
  const { read, text, integer } = leadingFields({
    keys: {
      sender_id: 'text',
      receiver_id: 'text',
      amount: 'integer',
      deadline: 'integer',
      priority: 'integer',
    },
  });
  // Sorted without the details: they are five times as much as what is taken out of them.
  return sql`SELECT ${kept}, ${text('sender_id')} AS sender, ${text('receiver_id')} AS receiver,
      CASE WHEN NOT ${isNoObject()} THEN ${integer('amount')} END AS amount,
      ${integer('deadline')}::INTEGER AS deadline, ${integer('priority')}::INTEGER AS priority
    FROM (SELECT *, ${read} FROM ${stored})`;
}

/** Where no event tells of arrivals: the payments that the file stores, all of a run that was killed. */
function storedPayments({ scope }: RunTables): Sql {
  return sql`SELECT (row_number() OVER (ORDER BY arrival_tick, row_order) - 1)::INTEGER AS tx, tx_id,
      arrival_tick AS tick, sender_id AS sender, receiver_id AS receiver, amount_cents AS amount,
      deadline_tick AS deadline, priority
    FROM transactions WHERE file_id = ${scope.fileId} AND simulation_id = ${scope.simulationId}`;
}

/** No writer lets a payment arrive twice; a file in which one does must not count its events twice. */
export async function dropSecondArrivals(engine: Engine, run: RunTables): Promise<void> {
  const arrivals = run.table('arrival_texts');
  const counting = sql`SELECT count(*) - count(DISTINCT tx_id) AS doubles FROM ${arrivals}`;
  const [found] = await queryRows(engine, counting, { doubles: int });
  if (found?.doubles === 0) return;
  await engine.query(
    sql`DELETE FROM ${arrivals} WHERE tx NOT IN (SELECT min(tx) FROM ${arrivals} GROUP BY tx_id)`,
  );
}

/** The same with numbers for names. */
export function createArrivals(run: RunTables): Sql {
  const agents = run.table('agents');
  return createTable(
    run,
    'arrivals',
    sql`SELECT tx, tx_id, tick, s.no AS sender, r.no AS receiver, amount, deadline, priority
      FROM ${run.table('arrival_texts')} a LEFT JOIN ${agents} s ON s.key = a.sender
      LEFT JOIN ${agents} r ON r.key = a.receiver ORDER BY tx`,
  );
}

/** Parts of split payments: their `Arrival` comes before the `PolicySplit` that names them (domain.md 7.2). */
export function createSplits(run: RunTables): Sql {
  return createTable(
    run,
    'splits',
    sql`SELECT DISTINCT s.tx AS parent, c.tx AS child
      FROM (SELECT tx, unnest(${textsIn('child_ids')}) AS child_id FROM ${withDetails(run, 'PolicySplit')}) s
      JOIN ${run.table('arrivals')} c ON c.tx_id = s.child_id WHERE s.tx IS NOT NULL`,
  );
}
