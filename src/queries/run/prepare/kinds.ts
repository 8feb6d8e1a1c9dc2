import { eventTypeOf } from '../../../domain/events.ts';
import { join, sql, type Sql } from '../../../lib/sql.ts';
import { createTable, type RunTables } from './tables.ts';

/** Types of which nothing is known beforehand, and those of two or more agents: their details must be asked. */
export function askedForParties({ kinds }: Pick<RunTables, 'kinds'>): readonly string[] {
  return kinds.filter((kind) => (eventTypeOf(kind)?.parties ?? 'details') === 'details');
}

export function createKinds(run: RunTables): Sql {
  const rows = run.kinds.map((kind, no) => {
    const parties = eventTypeOf(kind)?.parties;
    const receives = parties === 'both';
    return sql`(${no}::UTINYINT, ${kind}, ${receives || parties === 'sender'}, ${receives})`;
  });
  return createTable(
    run,
    'kinds',
    rows.length === 0
      ? sql`SELECT 0::UTINYINT AS no, '' AS event_type, FALSE AS sends, FALSE AS receives WHERE FALSE`
      : sql`SELECT * FROM (VALUES ${join(rows, ', ')}) AS t(no, event_type, sends, receives)`,
  );
}
