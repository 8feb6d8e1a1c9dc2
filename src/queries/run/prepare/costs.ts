import { listedCosts, writtenCostKeys } from '../../../domain/costs.ts';
import { ident, join, sql, type Sql } from '../../../lib/sql.ts';
import { isNoInteger, isNoObject, leadingFields } from '../../read/eventFields.ts';
import { createTable, withTaken, type RunTables } from './tables.ts';

/** Columns of cost in the tables of a prepared run. Opportunity cost has none: it is what the total exceeds. */
export const costColumns: readonly string[] = ['total', ...listedCosts.map(({ column }) => column)];

const keys = [
  ['total', 'total'],
  ...listedCosts.map(({ column, eventKey }) => [column, eventKey] as const),
] as const;

/** SELECT of the parts of accruals of `stored`, given for FROM, and whether one is `unreadable`. */
export function readAccruals(stored: Sql, kept = sql`row_order`): Sql {
  const { read, integer } = leadingFields({
    keys: Object.fromEntries(writtenCostKeys.map((key) => [key, 'integer' as const])),
    within: 'costs',
  });
  const parts = keys.map(([column, key]) => sql`${integer(key)} AS ${ident(column)}`);
  const known = keys.map(([column]) => sql`coalesce(${ident(column)}, 0) AS ${ident(column)}`);
  const broken = keys.map(([column, key]) => isNoInteger(key, ident(column)));
  return sql`SELECT ${kept}, ${join(known, ', ')},
      ${isNoObject()} OR total IS NULL OR ${join(broken, ' OR ')} AS unreadable
    FROM (SELECT *, ${join(parts, ', ')} FROM (SELECT *, ${read} FROM ${stored}))`;
}

/**
 * Accruals: one per agent and tick, and again for split friction and end-of-day penalties. `TransactionWentOverdue`
 * is not among them: its penalty is inside `penalty_cost` (domain.md 7.3).
 * Accruals that do not name their agent count for the run alone. One is `unreadable` without a total, or with a part
 * that is no integer.
 */
export function createCosts(run: RunTables): Sql {
  const named = keys.map(([column]) => ident(column));
  return createTable(
    run,
    'costs',
    sql`SELECT seq, tick, agent, ${join(named, ', ')}, unreadable FROM ${withTaken(run, readAccruals, 'CostAccrual')}`,
  );
}
