import type { Engine } from '../../engine/engine.ts';
import { money, queryRows, text } from '../../engine/rows.ts';
import { sql } from '../../lib/sql.ts';
import type { AgentCosts } from '../../schema/answers.ts';
import { agentId, type AgentId } from '../../schema/ids.ts';
import { cents, subtractCents } from '../../schema/units.ts';
import type { RunScope } from '../scope.ts';
import { eventsOfRun, integerIn, sumOf } from './eventFields.ts';

const spec = {
  agentId: text,
  totalCents: money,
  overdraftCents: money,
  delayCents: money,
  collateralCents: money,
  penaltyCents: money,
  splitFrictionCents: money,
};

export const noCosts: AgentCosts = {
  totalCents: cents(0n),
  overdraftCents: cents(0n),
  delayCents: cents(0n),
  collateralCents: cents(0n),
  penaltyCents: cents(0n),
  splitFrictionCents: cents(0n),
  opportunityCents: cents(0n),
};

/**
 * Sums of `CostAccrual`, which comes once per agent and tick and again for split friction and end-of-day
 * penalties. `TransactionWentOverdue` is not added: its penalty is inside `penalty_cost` (domain.md 7.3).
 */
export async function readRunCosts(
  engine: Engine,
  params: RunScope,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<AgentId, AgentCosts>> {
  const statement = sql`SELECT agent_id,
      ${sumOf(integerIn('total'))} AS total_cents,
      ${sumOf(integerIn('liquidity_cost'))} AS overdraft_cents,
      ${sumOf(integerIn('delay_cost'))} AS delay_cents,
      ${sumOf(integerIn('collateral_cost'))} AS collateral_cents,
      ${sumOf(integerIn('penalty_cost'))} AS penalty_cents,
      ${sumOf(integerIn('split_friction_cost'))} AS split_friction_cents
    FROM ${eventsOfRun(params, ['CostAccrual'])} AND agent_id IS NOT NULL GROUP BY agent_id ORDER BY agent_id`;
  const rows = await queryRows(engine, statement, spec, signal);
  return new Map(
    rows.map(({ agentId: agent, ...parts }) => {
      const listed = [parts.overdraftCents, parts.delayCents, parts.collateralCents, parts.penaltyCents];
      const opportunityCents = [...listed, parts.splitFrictionCents].reduce(subtractCents, parts.totalCents);
      return [agentId(agent), { ...parts, opportunityCents }];
    }),
  );
}
