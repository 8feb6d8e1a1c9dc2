import { int, money, nullable, queryRows, text } from '../../engine/rows.ts';
import { byListedCost, listedCosts } from '../../domain/costs.ts';
import { ident, join, sql, type Sql } from '../../lib/sql.ts';
import type { RunDays } from '../../domain/answers/runs.ts';
import { agentId } from '../../lib/ids.ts';
import { defineQuery } from '../query.ts';
import type { RunScope } from '../scope.ts';

const daySpec = {
  day: int,
  agentId: text,
  opening: nullable(money),
  closing: nullable(money),
  lowest: nullable(money),
  posted: nullable(money),
  queue1: nullable(int),
  ...byListedCost(() => nullable(money)),
  total: nullable(money),
};

const costs = listedCosts.map(({ dailyColumn, column }) => sql`${ident(dailyColumn)} AS ${ident(column)}`);

const ofRun = ({ fileId, simulationId }: RunScope): Sql =>
  sql`file_id = ${fileId} AND simulation_id = ${simulationId}`;

/**
 * What the file stores per day of a run, as stored: one row a day and agent (domain.md 2.10), Queue 1 at the end of
 * each day (2.12), and the policies it started from (2.14). All that is left of a run that was killed before its events
 * were written.
 */
export const runDays = defineQuery({
  name: 'runDays',
  scope: 'run',
  async run(engine, scope: RunScope, signal): Promise<RunDays> {
    const days = await queryRows(
      engine,
      sql`SELECT day, agent_id, opening_balance AS opening, closing_balance AS closing, min_balance AS lowest,
          closing_posted_collateral AS posted, queue1_eod_size AS queue1,
          ${join(costs, ', ')}, total_cost AS total
        FROM stored_daily_agent_metrics WHERE ${ofRun(scope)} AND day IS NOT NULL AND agent_id IS NOT NULL
        ORDER BY day, agent_id`,
      daySpec,
      signal,
    );
    const queues = await queryRows(
      engine,
      sql`SELECT day, agent_id, string_agg(transaction_id, ' ' ORDER BY position) AS payments, count(*) AS size
        FROM stored_agent_queue_snapshots WHERE ${ofRun(scope)} AND day IS NOT NULL AND agent_id IS NOT NULL
        GROUP BY day, agent_id ORDER BY day, agent_id`,
      { day: int, agentId: text, payments: nullable(text), size: int },
      signal,
    );
    const policies = await queryRows(
      engine,
      sql`SELECT agent_id, snapshot_tick, policy_json FROM stored_policy_snapshots WHERE ${ofRun(scope)}
        AND agent_id IS NOT NULL ORDER BY snapshot_tick, agent_id`,
      { agentId: text, snapshotTick: nullable(int), policyJson: nullable(text) },
      signal,
    );
    const [later] = await queryRows(
      engine,
      sql`SELECT count(*) AS payments FROM stored_transactions WHERE ${ofRun(scope)} AND settlement_day > arrival_day`,
      { payments: int },
      signal,
    );
    return {
      settledLater: (later?.payments ?? 0) > 0,
      days: days.map(({ agentId: agent, ...row }) => ({ ...row, agentId: agentId(agent) })),
      queues: queues.map((row) => ({ ...row, agentId: agentId(row.agentId), payments: row.payments ?? '' })),
      policies: policies.map((row) => ({ ...row, agentId: agentId(row.agentId) })),
    };
  },
});
