import { sql, type Sql } from '../../../lib/sql.ts';
import { integerIn, textIn } from '../../read/eventFields.ts';
import { agentNumber, createTable, innerDetails, withDetails, type RunTables } from './tables.ts';

/** Changes of posted collateral: by a policy, by a timer (both say the new total), or by the scenario (a delta). */
export function createPledges(run: RunTables): Sql {
  const amount = integerIn('amount');
  const total = integerIn('new_total');
  return createTable(
    run,
    'pledges',
    sql`SELECT seq, tick, agent, ${amount} AS amount, ${total} AS new_total, 0::BIGINT AS delta
        FROM ${withDetails(run, 'CollateralPost')}
      UNION ALL SELECT seq, tick, agent, -${amount}, ${total}, 0
        FROM ${withDetails(run, 'CollateralWithdraw', 'CollateralTimerWithdrawn')}
      UNION ALL SELECT seq, tick, ${agentNumber(run, textIn('agent', innerDetails))}, 0, NULL,
          coalesce(${integerIn('delta', innerDetails)}, 0)
        FROM ${withDetails(run, 'ScenarioEventExecuted')}
        WHERE ${textIn('scenario_event_type')} = 'collateral_adjustment'`,
  );
}

/** What was posted before the first change, as the first change that says a total implies it. */
export function impliedPledges(run: RunTables): Sql {
  return sql`SELECT agent, (arg_min(new_total - amount, seq) FILTER (new_total IS NOT NULL)
      - coalesce(sum(delta) FILTER (totals = 0), 0))::BIGINT AS posted
    FROM (SELECT *, count(new_total) OVER (PARTITION BY agent ORDER BY seq) AS totals FROM ${run.table('pledges')})
    GROUP BY agent`;
}

/**
 * For FROM: collateral posted at the end of each tick in which it changed. A scenario can take away no more than
 * is posted, so what runs below zero is lifted by its lowest point.
 */
export function postedByTick(run: RunTables): Sql {
  return sql`(WITH parted AS (
      SELECT *, count(new_total) OVER (PARTITION BY agent ORDER BY seq) AS part FROM ${run.table('pledges')}
    ), levels AS (
      SELECT seq, tick, p.agent, part, coalesce(first_value(new_total) OVER w, s.posted) + sum(delta) OVER w AS level
      FROM parted p JOIN ${run.table('starts')} s USING (agent)
      WINDOW w AS (PARTITION BY p.agent, part ORDER BY seq ROWS UNBOUNDED PRECEDING)
    ), lifted AS (
      SELECT seq, tick, agent, level - least(0, min(level) OVER (PARTITION BY agent, part ORDER BY seq)) AS posted
      FROM levels
    )
    SELECT tick, agent, arg_max(posted, seq)::BIGINT AS posted FROM lifted GROUP BY tick, agent)`;
}
