import type { Engine } from '../../../engine/engine.ts';
import { int, queryRows } from '../../../engine/rows.ts';
import { sql, type Sql } from '../../../lib/sql.ts';
import { eventsOfRun, isNoObject, leadingFields, textsIn } from '../../read/eventFields.ts';
import { createTable, occurs, withDetails, type RunTables } from './tables.ts';

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
