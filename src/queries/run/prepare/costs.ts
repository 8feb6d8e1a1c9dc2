import { listedCosts } from '../../../domain/costs.ts';
import { ident, join, sql, type Sql } from '../../../lib/sql.ts';
import { integerIn, isBrokenAt } from '../../read/eventFields.ts';
import { createTable, withDetails, type RunTables } from './tables.ts';

/** Columns of cost in the tables of a prepared run. Opportunity cost has none: it is what the total exceeds. */
export const costColumns: readonly string[] = ['total', ...listedCosts.map(({ column }) => column)];

/**
 * Accruals: one per agent and tick, and again for split friction and end-of-day penalties. `TransactionWentOverdue`
 * is not among them: its penalty is inside `penalty_cost` (domain.md 7.3).
 * Accruals that do not name their agent count for the run alone. One that is `unreadable` adds what can be read of it.
 */
export function createCosts(run: RunTables): Sql {
  const part = (key: string, column: string) => sql`coalesce(${integerIn(key)}, 0) AS ${ident(column)}`;
  const parts = listedCosts.map(({ eventKey, column }) => part(eventKey, column));
  return createTable(
    run,
    'costs',
    sql`SELECT seq, tick, agent, ${part('total', 'total')}, ${join(parts, ', ')}, ${isBrokenAt('total')} AS unreadable
      FROM ${withDetails(run, 'CostAccrual')}`,
  );
}
