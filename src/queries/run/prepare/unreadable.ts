import type { UnreadableEvents } from '../../../domain/unreadable/events.ts';
import type { Engine } from '../../../engine/engine.ts';
import { int, queryRows } from '../../../engine/rows.ts';
import { sql } from '../../../lib/sql.ts';
import { occurs, type RunTables } from './tables.ts';

/** Counts what the statements that fill `arrivals`, `transfers` and `costs` marked as unreadable. */
export async function countUnreadable(engine: Engine, run: RunTables): Promise<UnreadableEvents> {
  const lost = sql`amount IS NULL OR sender IS NULL OR receiver IS NULL`;
  const [found] = await queryRows(
    engine,
    sql`SELECT (SELECT count(*) FROM ${run.table('arrivals')} WHERE ${lost}) AS arrivals,
      (SELECT count(*) FROM ${run.table('transfers')} WHERE unreadable) AS settlements,
      (SELECT count(*) FROM ${run.table('costs')} WHERE unreadable) AS accruals`,
    { arrivals: int, settlements: int, accruals: int },
  );
  if (found === undefined) throw new TypeError('a statement of scalars gave no row');
  return occurs(run, 'Arrival') ? found : { ...found, arrivals: 0 };
}
