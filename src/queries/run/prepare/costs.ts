import { sql, type Sql } from '../../../lib/sql.ts';
import { integerIn, isBrokenAt } from '../../read/eventFields.ts';
import { createTable, withDetails, type RunTables } from './tables.ts';

/** Column of `costs` and key inside `CostAccrual`. Opportunity cost has no key: it is what the total exceeds. */
export const costParts = [
  ['total', 'total'],
  ['overdraft', 'liquidity_cost'],
  ['delay', 'delay_cost'],
  ['collateral', 'collateral_cost'],
  ['penalty', 'penalty_cost'],
  ['split_friction', 'split_friction_cost'],
] as const;

/**
 * Accruals: one per agent and tick, and again for split friction and end-of-day penalties. `TransactionWentOverdue`
 * is not among them: its penalty is inside `penalty_cost` (domain.md 7.3).
 * Accruals that do not name their agent count for the run alone. One that is `unreadable` adds what can be read of it.
 */
export function createCosts(run: RunTables): Sql {
  const part = (key: string) => sql`coalesce(${integerIn(key)}, 0)`;
  return createTable(
    run,
    'costs',
    sql`SELECT seq, tick, agent, ${part('total')} AS total, ${part('liquidity_cost')} AS overdraft,
        ${part('delay_cost')} AS delay, ${part('collateral_cost')} AS collateral, ${part('penalty_cost')} AS penalty,
        ${part('split_friction_cost')} AS split_friction, ${isBrokenAt('total')} AS unreadable
      FROM ${withDetails(run, 'CostAccrual')}`,
  );
}
