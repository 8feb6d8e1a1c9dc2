import { eventTypeOf } from '../../../domain/events.ts';
import { join, sql, trusted, type Sql } from '../../../lib/sql.ts';
import { eventsOfRun, textIn, textsIn } from '../../read/eventFields.ts';
import { createTable, kindIn, withDetails, type RunTables } from './tables.ts';

/** Types of which nothing is known beforehand, and those of two or more agents: their details must be asked. */
function askedForParties({ kinds }: Pick<RunTables, 'kinds'>): readonly string[] {
  return kinds.filter((kind) => (eventTypeOf(kind)?.parties ?? 'details') === 'details');
}

export function createKinds(run: RunTables): Sql {
  // One byte an event, but in a file whose writer has types without end.
  const number = trusted(run.kinds.length > 256 ? 'UINTEGER' : 'UTINYINT');
  const rows = run.kinds.map((kind, no) => {
    const parties = eventTypeOf(kind)?.parties;
    const receives = parties === 'both';
    return sql`(${no}::${number}, ${kind}, ${receives || parties === 'sender'}, ${receives})`;
  });
  return createTable(
    run,
    'kinds',
    rows.length === 0
      ? sql`SELECT 0::UTINYINT AS no, '' AS event_type, FALSE AS sends, FALSE AS receives WHERE FALSE`
      : sql`SELECT * FROM (VALUES ${join(rows, ', ')}) AS t(no, event_type, sends, receives)`,
  );
}

/**
 * Every event in the true order (domain.md 7.1) without its details, which stay in the file. A party that the
 * details name is taken from the payment, of which it always is the sender or the receiver.
 */
export function createEvents(run: RunTables): Sql {
  const stored = sql`SELECT tick, event_timestamp, row_order, event_type, agent_id, tx_id
    FROM ${eventsOfRun(run.scope)} AND tick IS NOT NULL`;
  return createTable(
    run,
    'events',
    sql`SELECT (row_number() OVER (ORDER BY e.tick, e.event_timestamp, e.row_order) - 1)::INTEGER AS seq, e.tick,
        k.no AS kind, a.no AS agent, p.tx, CASE WHEN k.sends THEN p.sender END AS sender,
        CASE WHEN k.receives THEN p.receiver END AS receiver, e.row_order,
        CASE WHEN p.tx IS NULL THEN e.tx_id END AS other_tx
      FROM (${stored}) e JOIN ${run.table('kinds')} k ON k.event_type = e.event_type
      LEFT JOIN ${run.table('agents')} a ON a.key = e.agent_id
      LEFT JOIN ${run.table('arrivals')} p ON p.tx_id = e.tx_id ORDER BY seq`,
  );
}

/** Parties of events about several agents, about a payment that never arrived, and of types unknown to us. */
export function createMembers(run: RunTables): Sql {
  const asked = askedForParties(run);
  const single = ['sender_id', 'sender', 'agent_a', 'agent_b'].map((key) => textIn(key));
  const several = ['agents', 'agent_ids'].map(textsIn);
  const keys = sql`list_concat([${join(single, ', ')}], list_concat(${join(several, ', ')}))`;
  const receivers = ['receiver', 'receiver_id'].map((key) => textIn(key));
  const senders = ['sender', 'sender_id'].map((key) => textIn(key));
  const strangers = run.kinds.filter((kind) => eventTypeOf(kind)?.parties === 'both');
  const named = [
    ...(asked.length === 0
      ? []
      : [sql`SELECT seq, unnest(${keys}) AS key FROM ${withDetails(run, ...asked)}`]),
    ...(strangers.length === 0
      ? []
      : [
          sql`SELECT seq, unnest([${join([...senders, ...receivers], ', ')}]) AS key FROM
            ${withDetails(run, ...strangers)} WHERE tx IS NULL AND ${kindIn(run, ...strangers)}`,
        ]),
  ];
  const rows = named.length === 0 ? sql`SELECT 0 AS seq, '' AS key WHERE FALSE` : join(named, ' UNION ALL ');
  return createTable(
    run,
    'members',
    sql`SELECT DISTINCT seq, no AS agent FROM (${rows}) JOIN ${run.table('agents')} USING (key)`,
  );
}
